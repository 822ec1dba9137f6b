<#
.SYNOPSIS
    Says as JSON what holds in this data center, seen from its domain controller.
.DESCRIPTION
    The last step of a data center, after every machine has told of itself. It changes nothing. Fails when the directory does not
    replicate, this controller is in another site, or a planned machine has no account or no address in DNS.
.NOTES
    https://learn.microsoft.com/powershell/module/activedirectory/get-adreplicationfailure?view=windowsserver2019-ps
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateSet('primary', 'secondary')] [string] $DataCenter,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $DomainName,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $SiteName,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Machines
)
. "$PSScriptRoot\shared\Prologue.ps1"

$env:ADPS_LoadDefaultDrive = '0'
$wrong = @()
$here = Get-ADDomainController -Identity $env:COMPUTERNAME
if ($here.Site -ne $SiteName) { $wrong += "$env:COMPUTERNAME is in site $($here.Site), not $SiteName" }

# One failed attempt counts, and while the other controller restarts there may be one: it is asked again before it is a fault.
function Get-Failure {
    Get-ADReplicationFailure -Target $env:COMPUTERNAME | Where-Object { $_.FailureCount -gt 0 }
}
try {
    Wait-For -What 'the directory to replicate' -Minutes 15 -Condition {
        if (@(Get-Failure).Count -eq 0) { return $true }
        & "$env:SystemRoot\System32\repadmin.exe" /syncall /AdeP | Out-Null
        return $false
    }
}
catch { $wrong += $_.Exception.Message }
$failures = @(Get-Failure)
foreach ($failure in $failures) { $wrong += "no replication with $($failure.Partner) since $($failure.FirstFailureTime)" }

$missing = @()
foreach ($name in ConvertFrom-LabList -Text $Machines) {
    $account = Get-ADComputer -Filter "Name -eq '$name'"
    $address = Resolve-DnsName -Name "$name.$DomainName" -Type A -DnsOnly -ErrorAction SilentlyContinue
    if (-not ($account -and $address)) { $missing += $name }
}
if ($missing.Count -gt 0) { $wrong += "no account or no address of $($missing -join ', ')" }

$found = @{
    dataCenter          = $DataCenter
    controller          = $env:COMPUTERNAME
    site                = $here.Site
    machines            = @(ConvertFrom-LabList -Text $Machines).Count
    missing             = $missing
    replicationFailures = $failures.Count
}
Write-LabHealth -Found $found -Wrong $wrong
Complete-Step -Script 'Confirm-DataCenter'
