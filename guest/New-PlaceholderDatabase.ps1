<#
.SYNOPSIS
    Creates a database that stands in for the one of Persistent Chat.
.DESCRIPTION
    Skype for Business setup is not part of the lab, but failovers can be drilled without it. The database is marked with an extended
    property, by which every script that restores or drops tells it from a real one, and has a table for measuring what a failover loses.
.NOTES
    https://learn.microsoft.com/sql/t-sql/statements/create-database-transact-sql
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateSet('mgc', 'mgccomp')] [string] $Database,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $DataPath,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $LogPath
)
. "$PSScriptRoot\shared\Prologue.ps1"

$name = ConvertTo-SqlName -Text $Database
if (-not (Get-LabDatabaseState -Database $Database)) {
    $data = ConvertTo-SqlText -Text (Join-Path -Path $DataPath -ChildPath "$Database.mdf")
    $log = ConvertTo-SqlText -Text (Join-Path -Path $LogPath -ChildPath "$Database.ldf")
    $logical = ConvertTo-SqlName -Text "${Database}_log"
    Invoke-LabSql -Query "CREATE DATABASE $name ON PRIMARY (NAME = $name, FILENAME = $data) LOG ON (NAME = $logical, FILENAME = $log)" | Out-Null
    Invoke-LabSql -Query "ALTER DATABASE $name SET RECOVERY FULL" | Out-Null
    Invoke-LabSql -Query "EXEC $name.sys.sp_addextendedproperty @name = N'lab.placeholder', @value = N'true'" | Out-Null
    Invoke-LabSql -Query "CREATE TABLE $name.dbo.Heartbeat (Seq bigint IDENTITY PRIMARY KEY, AtUtc datetime2 NOT NULL DEFAULT SYSUTCDATETIME())" | Out-Null
    Add-LabChange -Text "database $Database"
}
Complete-Step -Step 'database'
