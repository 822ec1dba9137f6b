<#
.SYNOPSIS
    Waits until this domain controller answers, and lets it resolve names outside the domain.
.DESCRIPTION
    Everything that joins the domain comes after this, not after the promotion: the machine restarts in between, and its services
    need minutes. Names of other domains go to Azure's resolver, which each machine reaches on its own host only, once the domain's own
    zone is loaded here. A lab may be off for longer than the two months after which Windows gives SYSVOL up.
.NOTES
    https://learn.microsoft.com/previous-versions/windows/desktop/dfsr/dfsrmachineconfig
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
Wait-For -What 'the services of the directory' -Minutes 15 -Condition {
    @(Get-Service -Name 'NTDS', 'ADWS', 'DNS', 'Netlogon', 'Kdc' | Where-Object { $_.Status -ne 'Running' }).Count -eq 0
}
# All of it twice in a row, and asked of this machine itself: its network interface may name the other controller first.
Wait-For -What "$env:COMPUTERNAME as a domain controller of $DomainName" -Minutes 30 -Times 2 -Condition {
    $shares = @(Get-SmbShare -Name 'SYSVOL', 'NETLOGON')
    $controller = Get-ADDomainController -Server $env:COMPUTERNAME -Identity $env:COMPUTERNAME
    $zone = Get-DnsServerZone -Name $DomainName
    $record = Resolve-DnsName -Name "_ldap._tcp.dc._msdcs.$DomainName" -Type SRV -DnsOnly -Server '127.0.0.1' | Where-Object { $_.Section -eq 'Answer' }
    # Without a pool of its own it can make no accounts: https://github.com/DataDog/datadog-agent/pull/53180
    $pool = Get-ADObject -Server $env:COMPUTERNAME -Identity "CN=RID Set,$($controller.ComputerObjectDN)" -Properties 'rIDAllocationPool'
    $shares.Count -eq 2 -and $zone -and $record -and $pool.rIDAllocationPool -gt 0
}
# Only now that the zone is here: before, Azure's resolver would deny the domain.
$azure = '168.63.129.16'
$held = @(Get-DnsServerForwarder | ForEach-Object { $_.IPAddress } | Where-Object { $_ } | ForEach-Object { "$_" })
if ($held.Count -ne 1 -or $held[0] -ne $azure) {
    Set-DnsServerForwarder -IPAddress $azure
    Add-LabChange -Text "forwarder $azure"
}
# SYSVOL of a controller that was away for longer is shut out until somebody mends it by hand; Windows' own limit is 60 days.
$replication = Get-CimInstance -Namespace 'root\MicrosoftDfs' -ClassName 'DfsrMachineConfig'
if ($replication.MaxOfflineTimeInDays -ne 1825) {
    Set-CimInstance -InputObject $replication -Property @{ MaxOfflineTimeInDays = [uint32]1825 }
    Add-LabChange -Text 'SYSVOL may be away for five years'
}
# Connections between controllers are made every quarter of an hour; what comes next needs them now.
& "$env:SystemRoot\System32\repadmin.exe" /kcc | Out-Null
# A controller that came up before its domain answered takes its network for a public one, and its firewall with it.
if (@(Get-NetConnectionProfile | Where-Object { $_.NetworkCategory -ne 'DomainAuthenticated' }).Count -gt 0) {
    Restart-Service -Name 'nlasvc' -Force
    Add-LabChange -Text 'network looked at again'
}
# Kerberos and log shipping need clocks that agree: Azure's hosts hand theirs to every machine through this service.
$clock = Get-Service -Name 'W32Time'
if ($clock.StartType -ne 'Automatic') {
    Set-Service -Name 'W32Time' -StartupType Automatic
    Add-LabChange -Text 'time service starts by itself'
}
if ($clock.Status -ne 'Running') {
    Start-Service -Name 'W32Time'
    Add-LabChange -Text 'time service started'
}
Complete-Step -Script 'Confirm-DomainController'
