<#
.SYNOPSIS
    Sets up the secondary half of log shipping.
.DESCRIPTION
    Once, and for the first primary only: whatever its mirror backs up later arrives under the same names. A new backup of whoever serves
    the database is restored without recovery, when the lab is built, again after this machine was replaced, and again where the chain of
    logs has a gap: a file that nobody copied was deleted by its age, for instance while the lab was off. It stays so until a failover;
    logs are restored without delay, all that wait in one run.
.NOTES
    https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-add-log-shipping-secondary-database-transact-sql
    https://learn.microsoft.com/sql/relational-databases/system-tables/log-shipping-monitor-error-detail-transact-sql
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateSet('mgc', 'mgccomp')] [string] $Database,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Primary,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Partners,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $BackupShare,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $CopyFolder,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[0-9]+$')] [string] $IntervalMinutes,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[0-9]+$')] [string] $RetentionMinutes,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[0-9]+$')] [string] $RestoreAlertMinutes,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateSet('primary', 'secondary')] [string] $ServedFrom
)
. "$PSScriptRoot\shared\Prologue.ps1"
. "$PSScriptRoot\shared\Sql.ps1"
. "$PSScriptRoot\shared\DatabaseSet.ps1"
if ($ServedFrom -eq 'secondary') {
    Write-LabLog -Text "$Database is served from the secondary data center: nothing is made here until it is back"
    Complete-Step -Script 'Set-LogShippingSecondary'
    exit 0
}

$held = Get-LabDatabase -Database $Database
if ($held.State -eq 'ONLINE') { throw "$Database is online on $env:COMPUTERNAME: it took over, and is not overwritten; site: secondary in the stack's file says so until it is back" }
$registered = 'SELECT secondary_id FROM msdb.dbo.log_shipping_secondary_databases WHERE secondary_database = @name'
$principal = Find-LabPrincipal -Database $Database -Servers (ConvertFrom-LabList -Text $Partners)
# Nothing that is kept reaches back to the last restore, or the restore job met a log that begins too late (4305).
$gap = @'
SELECT COUNT(*) FROM msdb.dbo.log_shipping_monitor_secondary m WHERE m.secondary_database = @name
AND (DATEDIFF(minute, m.last_restored_date_utc, GETUTCDATE()) > @retention OR EXISTS (SELECT 1 FROM msdb.dbo.log_shipping_monitor_error_detail e
WHERE e.agent_id = m.secondary_id AND e.agent_type = 2 AND e.message LIKE N'%4305%' AND e.log_time_utc > ISNULL(m.last_restored_date_utc, '19000101')))
'@
$isGap = (Get-LabSqlValue -Query $gap -Parameters @{ name = $Database; retention = [int]$RetentionMinutes }) -gt 0
if (-not $held.State -or $isGap -or -not (Get-LabSqlValue -Query $registered -Parameters @{ name = $Database })) {
    $restores = "LSRestore_${Primary}_$Database"
    Set-LabShipping -Job $restores -Enabled 0
    try { Copy-LabDatabase -Database $Database -From $principal -Folder $BackupShare }
    finally { Set-LabShipping -Job $restores -Enabled 1 }
}
Copy-LabLogin -Database $Database -From $principal
$values = @{
    database  = $Database
    primary   = $Primary
    share     = $BackupShare
    folder    = $CopyFolder
    copy      = "LSCopy_${Primary}_$Database"
    restore   = "LSRestore_${Primary}_$Database"
    retention = [int]$RetentionMinutes
    alert     = [int]$RestoreAlertMinutes
}
if (-not (Get-LabSqlValue -Query 'SELECT secondary_id FROM msdb.dbo.log_shipping_secondary WHERE primary_database = @name' -Parameters @{ name = $Database })) {
    $create = @'
DECLARE @copy_id uniqueidentifier, @restore_id uniqueidentifier, @secondary_id uniqueidentifier;
EXEC master.dbo.sp_add_log_shipping_secondary_primary @primary_server = @primary, @primary_database = @database, @backup_source_directory = @share,
    @backup_destination_directory = @folder, @copy_job_name = @copy, @restore_job_name = @restore, @file_retention_period = @retention,
    @copy_job_id = @copy_id OUTPUT, @restore_job_id = @restore_id OUTPUT, @secondary_id = @secondary_id OUTPUT;
'@
    Invoke-LabSql -Query $create -Parameters $values | Out-Null
    Add-LabChange -Text "copies of $Database to $CopyFolder"
}
else {
    $change = 'EXEC master.dbo.sp_change_log_shipping_secondary_primary @primary_server = @primary, @primary_database = @database, @backup_source_directory = @share, @backup_destination_directory = @folder, @file_retention_period = @retention;'
    $same = @'
SELECT COUNT(*) FROM msdb.dbo.log_shipping_secondary WHERE primary_server = @primary AND primary_database = @database
AND backup_source_directory = @share AND backup_destination_directory = @folder AND file_retention_period = @retention
'@
    Update-LabLogShipping -What "copies of $Database changed" -Same $same -Change $change -Parameters $values
}
if (-not (Get-LabSqlValue -Query $registered -Parameters @{ name = $Database })) {
    $create = @'
EXEC master.dbo.sp_add_log_shipping_secondary_database @secondary_database = @database, @primary_server = @primary, @primary_database = @database,
    @restore_delay = 0, @restore_all = 1, @restore_mode = 0, @disconnect_users = 0, @restore_threshold = @alert, @threshold_alert_enabled = 1;
'@
    Invoke-LabSql -Query $create -Parameters $values | Out-Null
    Add-LabChange -Text "restores of $Database"
}
else {
    $change = 'EXEC master.dbo.sp_change_log_shipping_secondary_database @secondary_database = @database, @restore_threshold = @alert, @threshold_alert_enabled = 1;'
    $same = @'
SELECT COUNT(*) FROM msdb.dbo.log_shipping_monitor_secondary WHERE secondary_database = @database AND restore_threshold = @alert AND threshold_alert_enabled = 1
'@
    Update-LabLogShipping -What "alert of $Database changed" -Same $same -Change $change -Parameters $values
}
$jobs = 'SELECT copy_job_id, restore_job_id FROM msdb.dbo.log_shipping_secondary WHERE primary_database = @name'
foreach ($row in Invoke-LabSql -Query $jobs -Parameters @{ name = $Database }) {
    Set-LabSchedule -Job $row.copy_job_id -Name $values.copy -Every $IntervalMinutes -Unit 'minutes'
    Set-LabSchedule -Job $row.restore_job_id -Name $values.restore -Every $IntervalMinutes -Unit 'minutes'
}
Add-LabAlertJob
Complete-Step -Script 'Set-LogShippingSecondary'
