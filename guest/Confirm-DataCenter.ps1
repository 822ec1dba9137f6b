<#
.SYNOPSIS
    Says as JSON what holds in this data center, seen from its instance of mgc.
.DESCRIPTION
    The last step of a data center. It changes nothing. Fails when a database has another role than planned, a share cannot be reached
    or the machine has lost the domain.
.NOTES
    https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-database-mirroring-transact-sql
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateSet('primary', 'secondary')] [string] $DataCenter,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $DomainName,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^(mgc|mgccomp):(PRINCIPAL|RESTORING)(,(mgc|mgccomp):(PRINCIPAL|RESTORING))*$')] [string] $Databases,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Shares
)
. "$PSScriptRoot\shared\Prologue.ps1"

$wrong = @()
$found = @{}
if (-not (Test-ComputerSecureChannel)) { $wrong += "no trust with $DomainName" }
foreach ($item in ConvertFrom-LabList -Text $Databases) {
    $database, $wanted = $item.Split(':')
    $role = Get-LabMirroringRole -Database $database
    $found[$database] = if ($role) { $role } else { Get-LabDatabaseState -Database $database }
    if ($found[$database] -ne $wanted) { $wrong += "$database is $($found[$database]), not $wanted" }
}
foreach ($share in ConvertFrom-LabList -Text $Shares) {
    $found[$share] = Test-Path -Path $share
    if (-not $found[$share]) { $wrong += "no access to $share" }
}
Write-Output -InputObject (ConvertTo-Json -InputObject @{ dataCenter = $DataCenter; found = $found; wrong = $wrong } -Compress)
if ($wrong.Count -gt 0) { throw ($wrong -join '; ') }
Complete-Step -Step 'verify'
