<#
.SYNOPSIS
    Says as JSON what holds on this SQL Server machine: services, endpoint, roles, log shipping, shares.
.DESCRIPTION
    Changes nothing. Ages are minutes since the last backup, copy or restore; null before the first one. Fails when a service or the
    endpoint does not run, a database is not in the planned role, a session has no witness although one is planned, a share cannot be
    reached, or a job of log shipping is past its threshold although the machine has been running for as long. Shares are asked as
    SYSTEM, which is the machine's account on the network, and so is SQL Server under its virtual account.
.NOTES
    https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-database-mirroring-transact-sql
    https://learn.microsoft.com/sql/relational-databases/system-tables/log-shipping-monitor-primary-transact-sql
    https://learn.microsoft.com/sql/relational-databases/system-tables/log-shipping-monitor-secondary-transact-sql
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $DomainName,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^(none|(mgc|mgccomp):(PRINCIPAL|MIRROR|RESTORING)(,(mgc|mgccomp):(PRINCIPAL|MIRROR|RESTORING))*)$')] [string] $Databases,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateSet('CONNECTED', 'none')] [string] $Witness,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateSet('STARTED', 'none')] [string] $Endpoint,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Shares
)
. "$PSScriptRoot\shared\Prologue.ps1"

$wrong = @()
$found = @{ machine = $env:COMPUTERNAME; services = @{}; databases = @{}; logShipping = @{}; shares = @{} }
if (-not (Test-ComputerSecureChannel)) { $wrong += "no trust with $DomainName" }

foreach ($service in 'MSSQLSERVER', 'SQLSERVERAGENT') {
    $status = [string](Get-Service -Name $service).Status
    $found.services[$service] = $status
    if ($status -ne 'Running') { $wrong += "$service is $status" }
}

$found.endpoint = Get-LabSqlValue -Query 'SELECT state_desc FROM sys.database_mirroring_endpoints'
if ($Endpoint -ne 'none' -and $found.endpoint -ne $Endpoint) { $wrong += "the mirroring endpoint is '$($found.endpoint)'" }

$sessions = @'
SELECT d.name, d.state_desc, m.mirroring_role_desc, m.mirroring_state_desc, m.mirroring_witness_name, m.mirroring_witness_state_desc
FROM sys.databases d JOIN sys.database_mirroring m ON m.database_id = d.database_id WHERE d.name = @name
'@
foreach ($item in ConvertFrom-LabList -Text $Databases) {
    $database, $wanted = $item.Split(':')
    # Right after a change of roles both copies may still be agreeing.
    $deadline = (Get-Date).AddMinutes(5)
    do {
        $rows = @(Invoke-LabSql -Query $sessions -Parameters @{ name = $database })
        $settled = $rows.Count -eq 0 -or @('SYNCHRONIZING', 'PENDING_FAILOVER') -notcontains $rows[0].mirroring_state_desc
        if (-not $settled) { Start-Sleep -Seconds 10 }
    } until ($settled -or (Get-Date) -gt $deadline)
    if ($rows.Count -eq 0) {
        $wrong += "$database does not exist"
        continue
    }
    $row = $rows[0]
    $mirrored = $row.mirroring_role_desc -isnot [System.DBNull]
    $role = if ($mirrored) { [string]$row.mirroring_role_desc } else { [string]$row.state_desc }
    $found.databases[$database] = @{ role = $role }
    if ($role -ne $wanted) { $wrong += "$database is $role, not $wanted" }
    if ($mirrored) {
        $found.databases[$database].state = [string]$row.mirroring_state_desc
        $found.databases[$database].witness = [string]$row.mirroring_witness_state_desc
        if ($row.mirroring_state_desc -ne 'SYNCHRONIZED') { $wrong += "$database is $($row.mirroring_state_desc)" }
        if ($Witness -ne 'none' -and $row.mirroring_witness_state_desc -ne $Witness) { $wrong += "the witness of $database is $($row.mirroring_witness_state_desc)" }
    }
}

$ages = @'
SELECT primary_database AS name, 'backup' AS job, DATEDIFF(minute, last_backup_date_utc, GETUTCDATE()) AS age, backup_threshold AS threshold
FROM msdb.dbo.log_shipping_monitor_primary
UNION ALL SELECT secondary_database, 'copy', DATEDIFF(minute, last_copied_date_utc, GETUTCDATE()), restore_threshold FROM msdb.dbo.log_shipping_monitor_secondary
UNION ALL SELECT secondary_database, 'restore', DATEDIFF(minute, last_restored_date_utc, GETUTCDATE()), restore_threshold FROM msdb.dbo.log_shipping_monitor_secondary
'@
# After a night without power nothing is late before the jobs had time to run.
$awake = ((Get-Date).ToUniversalTime() - [datetime]::Parse((Get-BootTime)).ToUniversalTime()).TotalMinutes
foreach ($row in @(Invoke-LabSql -Query $ages)) {
    $age = if ($row.age -is [System.DBNull]) { $null } else { [int]$row.age }
    $found.logShipping["$($row.name) $($row.job)"] = @{ minutes = $age; threshold = [int]$row.threshold }
    # A mirror backs nothing up, and says nothing of its age.
    $idle = $row.job -eq 'backup' -and $found.databases.ContainsKey($row.name) -and $found.databases[$row.name].role -eq 'MIRROR'
    if (-not $idle -and $null -ne $age -and $age -gt $row.threshold -and $awake -gt $row.threshold) { $wrong += "the last $($row.job) of $($row.name) is $age minutes old" }
}

foreach ($share in ConvertFrom-LabList -Text $Shares) {
    $found.shares[$share] = Test-Path -Path $share
    if (-not $found.shares[$share]) { $wrong += "no access to $share" }
}

Write-LabHealth -Found $found -Wrong $wrong
Complete-Step -Step 'health'
