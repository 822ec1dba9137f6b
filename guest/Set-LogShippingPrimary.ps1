<#
.SYNOPSIS
    Sets up the primary half of log shipping on the principal of a database.
.DESCRIPTION
    On the primary, and on its mirror while that is the principal: same share, same secondary. The backup job of whoever is the mirror
    finds nothing to do, so both stay enabled. Jobs come disabled and without a schedule. Changed values are written to what exists.
.NOTES
    https://learn.microsoft.com/sql/database-engine/log-shipping/configure-log-shipping-sql-server
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateSet('mgc', 'mgccomp')] [string] $Database,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $BackupShare,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Secondary,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[0-9]+$')] [string] $IntervalMinutes,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[0-9]+$')] [string] $RetentionMinutes,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[0-9]+$')] [string] $BackupAlertMinutes
)
. "$PSScriptRoot\shared\Prologue.ps1"

function Enable-LabJob {
    param([guid] $Job, [string] $Name)
    $schedule = @'
DECLARE @schedule int = (SELECT MIN(s.schedule_id) FROM msdb.dbo.sysjobschedules js JOIN msdb.dbo.sysschedules s ON s.schedule_id = js.schedule_id WHERE js.job_id = @job);
IF @schedule IS NULL
BEGIN
    EXEC msdb.dbo.sp_add_schedule @schedule_name = @name, @enabled = 1, @freq_type = 4, @freq_interval = 1, @freq_subday_type = 4,
        @freq_subday_interval = @minutes, @freq_recurrence_factor = 0, @active_start_time = 0, @active_end_time = 235959, @schedule_id = @schedule OUTPUT;
    EXEC msdb.dbo.sp_attach_schedule @job_id = @job, @schedule_id = @schedule;
END
ELSE EXEC msdb.dbo.sp_update_schedule @schedule_id = @schedule, @freq_subday_interval = @minutes;
EXEC msdb.dbo.sp_update_job @job_id = @job, @enabled = 1;
'@
    Invoke-LabSql -Query $schedule -Parameters @{ job = $Job; name = $Name; minutes = [int]$IntervalMinutes } | Out-Null
}

$values = @{
    database  = $Database
    folder    = $BackupShare
    job       = "LSBackup_$Database"
    retention = [int]$RetentionMinutes
    alert     = [int]$BackupAlertMinutes
    secondary = $Secondary
}
if (-not (Get-LabSqlValue -Query 'SELECT primary_id FROM msdb.dbo.log_shipping_primary_databases WHERE primary_database = @name' -Parameters @{ name = $Database })) {
    $create = @'
DECLARE @job_id uniqueidentifier, @primary_id uniqueidentifier;
EXEC master.dbo.sp_add_log_shipping_primary_database @database = @database, @backup_directory = @folder, @backup_share = @folder, @backup_job_name = @job,
    @backup_retention_period = @retention, @backup_compression = 2, @backup_threshold = @alert, @threshold_alert_enabled = 1,
    @history_retention_period = 5760, @backup_job_id = @job_id OUTPUT, @primary_id = @primary_id OUTPUT;
EXEC master.dbo.sp_add_log_shipping_alert_job;
EXEC master.dbo.sp_add_log_shipping_primary_secondary @primary_database = @database, @secondary_server = @secondary, @secondary_database = @database;
'@
    Invoke-LabSql -Query $create -Parameters $values | Out-Null
    Add-LabChange -Text "log backups of $Database to $BackupShare"
}
else {
    $change = @'
EXEC master.dbo.sp_change_log_shipping_primary_database @database = @database, @backup_directory = @folder, @backup_share = @folder,
    @backup_retention_period = @retention, @backup_threshold = @alert, @threshold_alert_enabled = 1;
'@
    Invoke-LabSql -Query $change -Parameters $values | Out-Null
}
$job = Get-LabSqlValue -Query 'SELECT backup_job_id FROM msdb.dbo.log_shipping_primary_databases WHERE primary_database = @name' -Parameters @{ name = $Database }
Enable-LabJob -Job $job -Name "LSBackup_$Database every $IntervalMinutes minutes"
Complete-Step -Step 'log-shipping-primary'
