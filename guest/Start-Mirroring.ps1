<#
.SYNOPSIS
    Starts mirroring on the principal and names the witness.
.DESCRIPTION
    Persistent Chat supports the synchronous mode only, which is what a new session has. Done when both copies agree and, where there
    is one, the witness answers.
.NOTES
    https://learn.microsoft.com/sql/database-engine/database-mirroring/add-or-replace-a-database-mirroring-witness-sql-server-management-studio
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateSet('mgc', 'mgccomp')] [string] $Database,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^TCP://')] [string] $Partner,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^(none|TCP://.+)$')] [string] $Witness
)
. "$PSScriptRoot\shared\Prologue.ps1"

$name = ConvertTo-SqlName -Text $Database
if (-not (Get-LabMirroringRole -Database $Database)) {
    Assert-LabManaged -Database $Database
    Invoke-LabSql -Query "ALTER DATABASE $name SET PARTNER = $(ConvertTo-SqlText -Text $Partner)" | Out-Null
    Add-LabChange -Text "$Database is mirrored to $Partner"
}
$session = 'SELECT mirroring_state_desc, mirroring_witness_name, mirroring_witness_state_desc FROM sys.database_mirroring WHERE database_id = DB_ID(@name)'
Wait-For -What "both copies of $Database to agree" -Minutes 15 -Condition {
    @(Invoke-LabSql -Query $session -Parameters @{ name = $Database })[0].mirroring_state_desc -eq 'SYNCHRONIZED'
}
$held = "$(@(Invoke-LabSql -Query $session -Parameters @{ name = $Database })[0].mirroring_witness_name)"
if ($Witness -eq 'none') {
    if ($held) {
        Invoke-LabSql -Query "ALTER DATABASE $name SET WITNESS OFF" | Out-Null
        Add-LabChange -Text "no witness for $Database"
    }
}
else {
    if ($held -ne $Witness) {
        Invoke-LabSql -Query "ALTER DATABASE $name SET WITNESS = $(ConvertTo-SqlText -Text $Witness)" | Out-Null
        Add-LabChange -Text "witness $Witness for $Database"
    }
    Wait-For -What "the witness $Witness" -Minutes 10 -Condition {
        @(Invoke-LabSql -Query $session -Parameters @{ name = $Database })[0].mirroring_witness_state_desc -eq 'CONNECTED'
    }
}
Complete-Step -Step 'mirroring'
