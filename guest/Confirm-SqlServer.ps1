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
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateLength(1, 15)] [string] $NetbiosName,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^(none|(mgc|mgccomp):(PRINCIPAL|MIRROR|RESTORING|ONLINE)(,(mgc|mgccomp):(PRINCIPAL|MIRROR|RESTORING|ONLINE))*)$')] [string] $Databases,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateSet('CONNECTED', 'none')] [string] $Witness,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateSet('STARTED', 'none')] [string] $Endpoint,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Shares
)
. "$PSScriptRoot\shared\Prologue.ps1"
. "$PSScriptRoot\shared\Sql.ps1"

$wrong = @()
$found = @{ machine = $env:COMPUTERNAME; services = @{}; databases = @{}; logShipping = @{}; shares = @{}; notes = @() }
if (-not (Test-ComputerSecureChannel)) { $wrong += "no trust with $DomainName" }

# Express, which may be a witness, has no Agent that runs.
$express = (Get-LabSqlValue -Query "SELECT CAST(SERVERPROPERTY('EngineEdition') AS int)") -eq 4
$services = @('MSSQLSERVER')
if (-not $express) { $services += 'SQLSERVERAGENT' }
foreach ($service in $services) {
    $status = [string](Get-Service -Name $service).Status
    $found.services[$service] = $status
    if ($status -ne 'Running') { $wrong += "$service is $status" }
}

$found.endpoint = Get-LabSqlValue -Query 'SELECT state_desc FROM sys.database_mirroring_endpoints'
if ($Endpoint -ne 'none' -and $found.endpoint -ne $Endpoint) { $wrong += "the mirroring endpoint is '$($found.endpoint)'" }

foreach ($account in 'NT AUTHORITY\SYSTEM', "$NetbiosName\Domain Admins") {
    if (-not (Test-LabAdministrator -Account $account)) { $wrong += "$account is not sysadmin" }
}

# Right after a change of roles both copies may still be agreeing.
$planned = @(ConvertFrom-LabList -Text $Databases)
try {
    Wait-For -What 'both copies of each database to agree' -Minutes 5 -Condition {
        foreach ($item in $planned) {
            $database, $wanted = $item.Split(':')
            if (@('SYNCHRONIZING', 'PENDING_FAILOVER') -contains (Get-LabDatabase -Database $database).Session) { return $false }
        }
        $true
    }
}
catch { $wrong += $_.Exception.Message }
foreach ($item in $planned) {
    $database, $wanted = $item.Split(':')
    $held = Get-LabDatabase -Database $database
    if (-not $held.State) {
        $wrong += "$database does not exist"
        continue
    }
    $role = if ($held.Role) { $held.Role } else { $held.State }
    $found.databases[$database] = @{ role = $role; state = $held.Session; witness = $held.WitnessState }
    # Partners change places by themselves: when the principal of a session stops first, as it may every night.
    $swapped = $held.Session -eq 'SYNCHRONIZED' -and @('PRINCIPAL', 'MIRROR') -contains $wanted
    if ($role -ne $wanted) {
        if ($swapped) { $found.notes += "$database is $role here, planned is $wanted" } else { $wrong += "$database is $role, not $wanted" }
    }
    if ($held.Role) {
        if ($held.Session -ne 'SYNCHRONIZED') { $wrong += "$database is $($held.Session)" }
        if ($Witness -ne 'none' -and $held.WitnessState -ne $Witness) { $wrong += "the witness of $database is $($held.WitnessState)" }
    }
}

# The age of the last run, or of the job itself where it never ran: then nothing was ever copied or restored.
$ages = @'
SELECT m.primary_database AS name, 'backup' AS job, m.backup_threshold AS threshold, DATEDIFF(minute, m.last_backup_date_utc, GETUTCDATE()) AS age,
    DATEDIFF(minute, j.date_created, GETDATE()) AS since
FROM msdb.dbo.log_shipping_monitor_primary m JOIN msdb.dbo.log_shipping_primary_databases p ON p.primary_id = m.primary_id
JOIN msdb.dbo.sysjobs j ON j.job_id = p.backup_job_id
UNION ALL SELECT m.secondary_database, k.job, m.restore_threshold, DATEDIFF(minute, k.done, GETUTCDATE()), DATEDIFF(minute, j.date_created, GETDATE())
FROM msdb.dbo.log_shipping_monitor_secondary m JOIN msdb.dbo.log_shipping_secondary s ON s.secondary_id = m.secondary_id
JOIN msdb.dbo.sysjobs j ON j.job_id = s.restore_job_id
CROSS APPLY (VALUES ('copy', m.last_copied_date_utc), ('restore', m.last_restored_date_utc)) AS k (job, done)
'@
# After a night without power nothing is late before the jobs had time to run.
$awake = ((Get-Date).ToUniversalTime() - (Get-BootTime)).TotalMinutes
foreach ($row in Invoke-LabSql -Query $ages) {
    $age = if ($row.age -is [System.DBNull]) { $null } else { [int]$row.age }
    $found.logShipping["$($row.name) $($row.job)"] = @{ minutes = $age; threshold = [int]$row.threshold }
    # A mirror backs nothing up, and says nothing of its age.
    if ($row.job -eq 'backup' -and $found.databases.ContainsKey($row.name) -and $found.databases[$row.name].role -eq 'MIRROR') { continue }
    if ($awake -le $row.threshold) { continue }
    if ($null -eq $age -and $row.since -gt $row.threshold) { $wrong += "there was no $($row.job) of $($row.name) in $($row.since) minutes, since it was set up" }
    if ($null -ne $age -and $age -gt $row.threshold) {
        # A gap in the chain of logs never closes by itself.
        $mend = if ($row.job -eq 'restore') { ", and if it stays so a new copy is needed: pulumi up --replace with the URN of $env:COMPUTERNAME-$($row.name)-log-shipping-secondary" } else { '' }
        $wrong += "the last $($row.job) of $($row.name) is $age minutes old$mend"
    }
}

# The name of a host in the other data center may be minutes behind.
function Test-Share {
    foreach ($share in ConvertFrom-LabList -Text $Shares) {
        # A share that refuses this machine is an error of Test-Path's, not an answer.
        $found.shares[$share] = $false
        try { $found.shares[$share] = Test-Path -Path $share } catch { Write-LabLog -Text "${share}: $($_.Exception.Message)" }
    }
    return ($found.shares.Values -notcontains $false)
}
try { Wait-For -What 'every share' -Minutes 10 -Condition { Test-Share } }
catch { foreach ($share in @($found.shares.Keys | Where-Object { -not $found.shares[$_] })) { $wrong += "no access to $share" } }

Write-LabHealth -Found $found -Wrong $wrong
Complete-Step -Script 'Confirm-SqlServer'
