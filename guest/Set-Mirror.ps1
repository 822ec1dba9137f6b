<#
.SYNOPSIS
    Restores the seed on the mirror and names its principal.
.DESCRIPTION
    The mirror speaks first, the principal second. A database that was restored but never paired is restored again, because the
    principal's log has moved on. A database that is in use here is never overwritten.
.NOTES
    https://learn.microsoft.com/sql/database-engine/database-mirroring/database-mirroring-establishing-session-windows-authentication
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateSet('mgc', 'mgccomp')] [string] $Database,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Folder,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^TCP://')] [string] $Partner
)
. "$PSScriptRoot\shared\Prologue.ps1"

$name = ConvertTo-SqlName -Text $Database
if (-not (Get-LabMirroringRole -Database $Database)) {
    Restore-LabSeed -Database $Database -Folder $Folder
    Invoke-LabSql -Query "ALTER DATABASE $name SET PARTNER = $(ConvertTo-SqlText -Text $Partner)" | Out-Null
    Complete-LabSeed -Database $Database
    Add-LabChange -Text "$Database mirrors $Partner"
}
Complete-Step -Step 'mirror'
