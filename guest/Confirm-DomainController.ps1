<#
.SYNOPSIS
    Waits until this domain controller answers, and lets it resolve names outside the domain.
.DESCRIPTION
    Everything that joins the domain comes after this, not after the promotion: the machine restarts in between, and its services
    need minutes. Names of other domains go to Azure's resolver, which each machine reaches on its own host only.
.NOTES
    https://learn.microsoft.com/azure/virtual-machines/windows/time-sync
    https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $DomainName
)
. "$PSScriptRoot\shared\Prologue.ps1"

Wait-NewerBoot
$env:ADPS_LoadDefaultDrive = '0'
Wait-For -What 'the services of the directory' -Minutes 20 -Condition {
    @(Get-Service -Name 'NTDS', 'ADWS', 'DNS', 'Netlogon', 'Kdc' | Where-Object { $_.Status -ne 'Running' }).Count -eq 0
}
Wait-For -What 'the shares SYSVOL and NETLOGON' -Minutes 20 -Condition { @(Get-SmbShare -Name 'SYSVOL', 'NETLOGON').Count -eq 2 }
Wait-For -What "an answer of $env:COMPUTERNAME as domain controller" -Minutes 10 -Condition {
    Get-ADDomainController -Server $env:COMPUTERNAME -Identity $env:COMPUTERNAME
}
Wait-For -What "$DomainName in DNS" -Minutes 10 -Condition {
    Resolve-DnsName -Name "_ldap._tcp.dc._msdcs.$DomainName" -Type SRV -DnsOnly
}
$azure = '168.63.129.16'
if (@((Get-DnsServerForwarder).IPAddress | ForEach-Object { $_.IPAddressToString }) -notcontains $azure) {
    Set-DnsServerForwarder -IPAddress $azure
    Add-LabChange -Text "forwarder $azure"
}
# Kerberos and log shipping need clocks that agree: Azure's hosts hand theirs to every machine through this service.
$clock = Get-Service -Name 'W32Time'
if ($clock.StartType -ne 'Automatic') {
    Set-Service -Name 'W32Time' -StartupType Automatic
    Add-LabChange -Text 'time service starts by itself'
}
if ($clock.Status -ne 'Running') { Start-Service -Name 'W32Time' }
Complete-Step -Step 'domain-controller-ready'
