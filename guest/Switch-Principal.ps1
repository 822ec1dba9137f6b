<#
.SYNOPSIS
    Makes the mirror the principal; runs on the principal.
.DESCRIPTION
    Runs twice while the lab is built: away from the primary, so that the mirror can be set up for log shipping, and back again. Run a
    second time, each does nothing where this instance is the mirror already. Running the step of the primary alone leaves its mirror
    as principal: run the one of the mirror after it.
.NOTES
    https://learn.microsoft.com/sql/database-engine/database-mirroring/manually-fail-over-a-database-mirroring-session-transact-sql
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateSet('mgc', 'mgccomp')] [string] $Database
)
. "$PSScriptRoot\shared\Prologue.ps1"

$role = Get-LabMirroringRole -Database $Database
if (-not $role) { throw "$Database is not mirrored on $env:COMPUTERNAME" }
if ($role -eq 'PRINCIPAL') {
    Assert-LabManaged -Database $Database
    $state = 'SELECT mirroring_state_desc FROM sys.database_mirroring WHERE database_id = DB_ID(@name)'
    Wait-For -What "both copies of $Database to agree" -Minutes 10 -Condition {
        (Get-LabSqlValue -Query $state -Parameters @{ name = $Database }) -eq 'SYNCHRONIZED'
    }
    Invoke-LabSql -Query "ALTER DATABASE $(ConvertTo-SqlName -Text $Database) SET PARTNER FAILOVER" | Out-Null
    Wait-For -What "$Database to become the mirror here" -Minutes 5 -Condition { (Get-LabMirroringRole -Database $Database) -eq 'MIRROR' }
    Add-LabChange -Text "$Database moved to its mirror"
}
Complete-Step -Step 'switch-principal'
