<#
.SYNOPSIS
    Creates a database that stands in for the one of Persistent Chat.
.DESCRIPTION
    Skype for Business setup is not part of the lab, but failovers can be drilled without it. The database carries the extended
    property lab.managed: the lab backs up, mirrors and ships no database without it. A database that is here or that the partner
    serves stays as it is; files that outlived their machine are attached. While the
    secondary data center serves it, nothing is made.
.NOTES
    https://learn.microsoft.com/sql/t-sql/statements/create-database-transact-sql
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateSet('mgc', 'mgccomp')] [string] $Database,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $DataPath,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $LogPath,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Partner,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateSet('primary', 'secondary')] [string] $ServedFrom
)
. "$PSScriptRoot\shared\Prologue.ps1"
. "$PSScriptRoot\shared\Sql.ps1"
if ($ServedFrom -eq 'secondary') {
    Write-LabLog -Text "$Database is served from the secondary data center: nothing is made here until it is back"
    Complete-Step -Script 'New-PlaceholderDatabase'
    exit 0
}

$name = ConvertTo-SqlName -Text $Database
$marker = Join-Path -Path $LabFolder -ChildPath "creating-$Database.txt"
$here = Get-LabDatabase -Database $Database
if (-not $here.State) {
    Wait-For -What "an answer of $Partner" -Minutes 10 -Condition { Invoke-LabSql -Query 'SELECT 1' -Server $Partner }
    $there = Get-LabDatabase -Database $Database -Server $Partner
    if ($there.State -eq 'ONLINE') {
        # This machine is new and its partner took over: it comes back as the mirror.
        Write-LabLog -Text "$Database is served by $Partner"
        Complete-Step -Script 'New-PlaceholderDatabase'
        exit 0
    }
    $dataFile = Join-Path -Path $DataPath -ChildPath "$Database.mdf"
    $data = ConvertTo-SqlText -Text $dataFile
    $log = ConvertTo-SqlText -Text (Join-Path -Path $LogPath -ChildPath "$Database.ldf")
    if (Test-Path -Path $dataFile) {
        Invoke-LabSql -Query "CREATE DATABASE $name ON (FILENAME = $data), (FILENAME = $log) FOR ATTACH" | Out-Null
        Add-LabChange -Text "database $Database attached from $dataFile"
    }
    elseif ($there.State) {
        # An empty database here would make the copy there, which may be the last one, a mirror of nothing.
        throw "$Partner has a copy of $Database ($($there.State) $($there.Role)) and this machine has nothing: bring that copy into service first (ALTER DATABASE $name SET PARTNER FORCE_SERVICE_ALLOW_DATA_LOSS), or drop it"
    }
    else {
        Set-Content -Path $marker -Value 'unfinished'
        $logical = ConvertTo-SqlName -Text "${Database}_log"
        Invoke-LabSql -Query "CREATE DATABASE $name ON PRIMARY (NAME = $name, FILENAME = $data) LOG ON (NAME = $logical, FILENAME = $log)" | Out-Null
        Add-LabChange -Text "database $Database"
    }
}
if (Test-Path -Path $marker) {
    Invoke-LabSql -Query "ALTER DATABASE $name SET RECOVERY FULL" | Out-Null
    if (-not (Get-LabSqlValue -Query "SELECT OBJECT_ID(N'$Database.dbo.Heartbeat')")) {
        Invoke-LabSql -Query "CREATE TABLE $name.dbo.Heartbeat (Seq bigint IDENTITY PRIMARY KEY, AtUtc datetime2 NOT NULL DEFAULT SYSUTCDATETIME())" | Out-Null
    }
    # Last, so that a database with the mark is complete.
    if ((Get-LabSqlValue -Query "SELECT COUNT(*) FROM $name.sys.extended_properties WHERE class = 0 AND name = N'lab.managed'") -eq 0) {
        Invoke-LabSql -Query "EXEC $name.sys.sp_addextendedproperty @name = N'lab.managed', @value = N'placeholder'" | Out-Null
    }
    Remove-Item -Path $marker
}
Complete-Step -Script 'New-PlaceholderDatabase'
