<#
.SYNOPSIS
    Backs the database up for its mirror and for the log-shipping secondary.
.DESCRIPTION
    A full backup and the log after it, under names of their own, since log shipping owns the suffix trn. Not when mirroring stands
    already: the seed has done its work then.
.NOTES
    https://learn.microsoft.com/sql/database-engine/database-mirroring/prepare-a-mirror-database-for-mirroring-sql-server
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateSet('mgc', 'mgccomp')] [string] $Database,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Folder
)
. "$PSScriptRoot\shared\Prologue.ps1"

$name = ConvertTo-SqlName -Text $Database
if (-not (Get-LabMirroringRole -Database $Database)) {
    Assert-LabManaged -Database $Database
    $full = ConvertTo-SqlText -Text (Join-Path -Path $Folder -ChildPath "seed_$Database.bak")
    $log = ConvertTo-SqlText -Text (Join-Path -Path $Folder -ChildPath "seed_$Database.log.bak")
    Invoke-LabSql -Query "BACKUP DATABASE $name TO DISK = $full WITH INIT, CHECKSUM" | Out-Null
    Invoke-LabSql -Query "BACKUP LOG $name TO DISK = $log WITH INIT, CHECKSUM" | Out-Null
    Add-LabChange -Text "seed of $Database in $Folder"
}
Complete-Step -Step 'seed'
