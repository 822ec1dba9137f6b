<#
.SYNOPSIS
    Sets up the primary half of log shipping on a partner of a mirroring session.
.DESCRIPTION
    On both partners: same share, same secondary. The backup job of whoever is the mirror finds nothing to do, so both stay enabled.
    Setting it up needs the principal, which a mirror becomes for a minute or two, and only then. Changed values concern msdb alone,
    and are written whatever this instance is at the moment.
.NOTES
    https://learn.microsoft.com/sql/database-engine/log-shipping/configure-log-shipping-sql-server
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateSet('mgc', 'mgccomp')] [string] $Database,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Partner,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $BackupShare,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Secondary,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[0-9]+$')] [string] $IntervalMinutes,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[0-9]+$')] [string] $RetentionMinutes,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[0-9]+$')] [string] $BackupAlertMinutes,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateSet('primary', 'secondary')] [string] $ServedFrom
)
. "$PSScriptRoot\shared\Prologue.ps1"
. "$PSScriptRoot\shared\Sql.ps1"
. "$PSScriptRoot\shared\DatabaseSet.ps1"
if ($ServedFrom -eq 'secondary') {
    Write-LabLog -Text "$Database is served from the secondary data center: nothing is made here until it is back"
    Complete-Step -Script 'Set-LogShippingPrimary'
    exit 0
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
'@
    $principal = Find-LabPrincipal -Database $Database -Servers 'localhost', $Partner
    Assert-LabManaged -Database $Database -Server $principal
    if ($principal -ne 'localhost') { Switch-LabPrincipal -Database $Database -From $Partner -Role 'PRINCIPAL' }
    try { Invoke-LabSql -Query $create -Parameters $values | Out-Null }
    finally { if ($principal -ne 'localhost') { Switch-LabPrincipal -Database $Database -From 'localhost' -Role 'MIRROR' } }
    Add-LabChange -Text "log backups of $Database to $BackupShare"
}
else {
    $change = @'
EXEC master.dbo.sp_change_log_shipping_primary_database @database = @database, @backup_directory = @folder, @backup_share = @folder,
    @backup_retention_period = @retention, @backup_threshold = @alert, @threshold_alert_enabled = 1;
'@
    $same = @'
SELECT COUNT(*) FROM msdb.dbo.log_shipping_primary_databases p JOIN msdb.dbo.log_shipping_monitor_primary m ON m.primary_id = p.primary_id
WHERE p.primary_database = @database AND p.backup_directory = @folder AND p.backup_share = @folder AND p.backup_retention_period = @retention
AND m.backup_threshold = @alert AND m.threshold_alert_enabled = 1
'@
    Update-LabLogShipping -What "log backups of $Database changed" -Same $same -Change $change -Parameters $values
}
$registered = @'
SELECT s.secondary_server FROM msdb.dbo.log_shipping_primary_secondaries s JOIN msdb.dbo.log_shipping_primary_databases p ON p.primary_id = s.primary_id
WHERE p.primary_database = @database AND s.secondary_server = @secondary
'@
if (-not (Get-LabSqlValue -Query $registered -Parameters $values)) {
    $add = 'EXEC master.dbo.sp_add_log_shipping_primary_secondary @primary_database = @database, @secondary_server = @secondary, @secondary_database = @database'
    Invoke-LabSql -Query $add -Parameters $values | Out-Null
    Add-LabChange -Text "$Secondary is the secondary of $Database"
}
$job = Get-LabSqlValue -Query 'SELECT backup_job_id FROM msdb.dbo.log_shipping_primary_databases WHERE primary_database = @name' -Parameters @{ name = $Database }
Set-LabSchedule -Job $job -Name $values.job -Every $IntervalMinutes -Unit 'minutes'
Add-LabAlertJob
Complete-Step -Script 'Set-LogShippingPrimary'
