<#
.SYNOPSIS
    Lets SQL Server's Agent write a heartbeat into the database, every ten seconds, on whichever partner is the principal.
.DESCRIPTION
    What a failover lost is told by the last heartbeat that survived it. The job is the same on both partners and does nothing on the
    mirror, nor in a database without the table Heartbeat, which Skype for Business' own has not.
.NOTES
    https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-add-jobstep-transact-sql
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateSet('mgc', 'mgccomp')] [string] $Database
)
. "$PSScriptRoot\shared\Prologue.ps1"
. "$PSScriptRoot\shared\Sql.ps1"
. "$PSScriptRoot\shared\DatabaseSet.ps1"

# The statement inside is a text of its own, since a mirror cannot be opened even to look for a table.
$write = @'
IF EXISTS (SELECT 1 FROM sys.databases d JOIN sys.database_mirroring m ON m.database_id = d.database_id WHERE d.name = N'DATABASE'
    AND d.state_desc = N'ONLINE' AND ISNULL(m.mirroring_role_desc, N'PRINCIPAL') = N'PRINCIPAL')
    EXEC (N'IF OBJECT_ID(N''DATABASE.dbo.Heartbeat'') IS NOT NULL INSERT DATABASE.dbo.Heartbeat DEFAULT VALUES;');
'@
$values = @{ name = "LabHeartbeat_$Database"; command = $write.Replace('DATABASE', $Database) }
$find = 'SELECT job_id FROM msdb.dbo.sysjobs WHERE name = @name'
if (-not (Get-LabSqlValue -Query $find -Parameters $values)) {
    $create = @'
BEGIN TRANSACTION;
DECLARE @job uniqueidentifier;
EXEC msdb.dbo.sp_add_job @job_name = @name, @enabled = 0, @owner_login_name = N'sa', @job_id = @job OUTPUT;
EXEC msdb.dbo.sp_add_jobstep @job_id = @job, @step_name = N'write', @subsystem = N'TSQL', @database_name = N'master', @command = @command;
EXEC msdb.dbo.sp_add_jobserver @job_id = @job, @server_name = N'(local)';
COMMIT;
'@
    Invoke-LabSql -Query $create -Parameters $values | Out-Null
    Add-LabChange -Text "heartbeat of $Database"
}
$job = Get-LabSqlValue -Query $find -Parameters $values
Set-LabSchedule -Job $job -Name $values.name -Every 10 -Unit 'seconds'
Complete-Step -Script 'Set-Heartbeat'
