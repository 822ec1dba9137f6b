<#
.SYNOPSIS
    Makes a site of each data center, and a link between the two that replicates at once.
.DESCRIPTION
    The second domain controller is promoted into its site, so the sites come first. Change notification on the link spares the wait
    for the schedule. The first site listed is the one of this machine. No password of the domain expires, and a controller that was off
    for years is still a controller: a lab is left alone for longer than a company's network.
.NOTES
    https://learn.microsoft.com/powershell/module/activedirectory/set-addefaultdomainpasswordpolicy?view=windowsserver2019-ps
    https://learn.microsoft.com/powershell/module/activedirectory/new-adreplicationsite
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $DomainName,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[^:,]+:[0-9./]+(,[^:,]+:[0-9./]+)*$')] [string] $Sites,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[0-9]+$')] [string] $ReplicationMinutes
)
. "$PSScriptRoot\shared\Prologue.ps1"

$env:ADPS_LoadDefaultDrive = '0'
$names = @()
foreach ($item in ConvertFrom-LabList -Text $Sites) {
    $site, $range = $item.Split(':')
    $names += $site
    if (-not (Get-ADReplicationSite -Filter "Name -eq '$site'")) {
        New-ADReplicationSite -Name $site
        Add-LabChange -Text "site $site"
    }
    if (-not (Get-ADReplicationSubnet -Filter "Name -eq '$range'")) {
        New-ADReplicationSubnet -Name $range -Site $site
        Add-LabChange -Text "subnet $range"
    }
    # Reverse zones end at a whole octet; the range of a data center may be smaller.
    $octets = $range.Split('/')[0].Split('.')
    $zone = "$($octets[1]).$($octets[0]).in-addr.arpa"
    if (-not (Get-DnsServerZone -Name $zone -ErrorAction SilentlyContinue)) {
        Add-DnsServerPrimaryZone -NetworkId "$($octets[0]).$($octets[1]).0.0/16" -ReplicationScope Forest
        Add-LabChange -Text "reverse zone $zone"
    }
}
$link = $names -join '-to-'
if (-not (Get-ADReplicationSiteLink -Filter "Name -eq '$link'")) {
    $settings = @{
        Name                          = $link
        SitesIncluded                 = $names
        Cost                          = 100
        ReplicationFrequencyInMinutes = [int]$ReplicationMinutes
        OtherAttributes               = @{ options = 1 }
    }
    New-ADReplicationSiteLink @settings
    Add-LabChange -Text "site link $link"
}
$here = Get-ADDomainController -Identity $env:COMPUTERNAME
if ($here.Site -ne $names[0]) {
    Move-ADDirectoryServer -Identity $env:COMPUTERNAME -Site $names[0]
    Add-LabChange -Text "$env:COMPUTERNAME to site $($names[0])"
}
# 42 days after the forest was made Bastion and every step with a credential would be refused.
if ((Get-ADDefaultDomainPasswordPolicy -Identity $DomainName).MaxPasswordAge -ne [timespan]::Zero) {
    Set-ADDefaultDomainPasswordPolicy -Identity $DomainName -MaxPasswordAge ([timespan]::Zero)
    Add-LabChange -Text 'no password of the domain expires'
}
# After 180 days without each other controllers refuse to replicate, although nothing lingers: events 2042 and 8614.
$service = "CN=Directory Service,CN=Windows NT,CN=Services,$((Get-ADRootDSE).configurationNamingContext)"
$lifetime = Get-ADObject -Identity $service -Properties 'tombstoneLifetime'
if ($lifetime.tombstoneLifetime -ne 1825) {
    Set-ADObject -Identity $service -Replace @{ tombstoneLifetime = 1825 }
    Add-LabChange -Text 'what is deleted is remembered for five years'
}
Complete-Step -Script 'Set-DirectorySites'
