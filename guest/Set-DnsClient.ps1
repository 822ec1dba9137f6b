<#
.SYNOPSIS
    Makes the DNS client of this machine ready for the domain.
.DESCRIPTION
    The name servers themselves come from the network interface in Azure and are only checked here: an address that is set inside the
    guest would outlive a change outside. What is set is the suffix under which short names are looked up.
.NOTES
    https://learn.microsoft.com/azure/virtual-network/virtual-networks-name-resolution-for-vms-and-role-instances
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $DomainName,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Servers
)
. "$PSScriptRoot\shared\Prologue.ps1"

$wanted = ConvertFrom-LabList -Text $Servers
Wait-For -What "the name servers $Servers from Azure" -Minutes 5 -Condition {
    $given = @(Get-DnsClientServerAddress -AddressFamily IPv4 | ForEach-Object { $_.ServerAddresses })
    @($wanted | Where-Object { $given -notcontains $_ }).Count -eq 0
}
$suffixes = @((Get-DnsClientGlobalSetting).SuffixSearchList)
if ($suffixes -notcontains $DomainName) {
    Set-DnsClientGlobalSetting -SuffixSearchList @($DomainName)
    Add-LabChange -Text "suffix $DomainName"
}
Complete-Step -Script 'Set-DnsClient'
