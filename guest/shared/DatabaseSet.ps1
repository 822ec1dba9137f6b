# Shared by the guest scripts of one database's mirroring and log shipping, after the prologue and Sql.ps1. Whichever partner is the
# principal: what only the principal can do is sent to it, so no step needs its own machine in a certain role.

# For a statement that makes an instance reach a share or a partner for the first time: names, tickets and rights may be seconds behind.
# What is no error of that kind ends the script.
function Invoke-LabContact {
    param([string] $Query, [int] $Minutes, [string] $Server = 'localhost')
    $outcome = @{ Other = $null }
    Wait-For -What "an instance to reach what it needs: $($Query.Substring(0, [Math]::Min(60, $Query.Length)))" -Minutes $Minutes -Condition {
        try { Invoke-LabSql -Query $Query -Server $Server | Out-Null }
        catch {
            if (Test-LabAgain -Record $_) { throw }
            $outcome.Other = $_
        }
        $true
    }
    if ($outcome.Other) { throw $outcome.Other }
}

# Which of some instances serves a database now, as principal or alone; an error where none does.
function Find-LabPrincipal {
    param([string] $Database, [string[]] $Servers)
    foreach ($server in $Servers) {
        try {
            $held = Get-LabDatabase -Database $Database -Server $server
            if ($held.State -eq 'ONLINE' -and $held.Role -ne 'MIRROR') { return $server }
            Write-LabLog -Text "$Database on ${server}: '$($held.State)' $($held.Role)"
        }
        catch { Write-LabLog -Text "$Database on ${server}: $($_.Exception.Message)" }
    }
    throw "None of $($Servers -join ', ') serves $Database, as seen from $env:COMPUTERNAME"
}

# Databases that the lab made carry a mark. Skype for Business' setup replaces them; from then on the lab leaves them alone, until their
# owner marks them again.
function Assert-LabManaged {
    param([string] $Database, [string] $Server)
    $query = "SELECT COUNT(*) FROM $(ConvertTo-SqlName -Text $Database).sys.extended_properties WHERE class = 0 AND name = N'lab.managed'"
    if ((Get-LabSqlValue -Query $query -Server $Server) -eq 0) { throw "$Database on $Server is not the lab's: it has no property lab.managed, and is left alone" }
}

# Restores here, without recovery, what another instance serves, from a backup that is made for it. Over nothing or over a copy that is
# RESTORING, never over one that is in use. A mirror needs the principal's last log backup as well (error 1478), a usual one: copying it
# only would not count. Where logs are shipped it is a shipment like any other, by its name and its place, so that no chain has a hole.
function Copy-LabDatabase {
    param([string] $Database, [string] $From, [string] $Folder, [switch] $WithLog)
    $name = ConvertTo-SqlName -Text $Database
    $held = Get-LabDatabase -Database $Database
    if ($held.Role -or @('', 'RESTORING') -notcontains $held.State) { throw "$Database is $($held.State) $($held.Role) on ${env:COMPUTERNAME}: it is not overwritten" }
    Assert-LabManaged -Database $Database -Server $From
    if ((Get-LabDatabase -Database $Database -Server $From).Recovery -ne 'FULL') {
        Invoke-LabSql -Query "ALTER DATABASE $name SET RECOVERY FULL" -Server $From | Out-Null
        Add-LabChange -Text "recovery model of $Database is FULL"
    }
    $fullFile = Join-Path -Path $Folder -ChildPath "seed_${Database}_$env:COMPUTERNAME.bak"
    $full = ConvertTo-SqlText -Text $fullFile
    Invoke-LabContact -Query "BACKUP DATABASE $name TO DISK = $full WITH INIT, CHECKSUM" -Minutes 10 -Server $From
    Invoke-LabContact -Query "RESTORE VERIFYONLY FROM DISK = $full" -Minutes 10
    foreach ($row in Invoke-LabSql -Query "RESTORE FILELISTONLY FROM DISK = $full") {
        New-LabFolder -Path (Split-Path -Path $row.PhysicalName -Parent)
        if (-not $held.State) { Move-LabLeftover -Path $row.PhysicalName }
    }
    Invoke-LabSql -Query "RESTORE DATABASE $name FROM DISK = $full WITH NORECOVERY, REPLACE" | Out-Null
    Remove-Item -Path $fullFile
    if ($WithLog) {
        $shipped = Get-LabSqlValue -Query 'SELECT primary_id FROM msdb.dbo.log_shipping_primary_databases WHERE primary_database = @name' -Parameters @{ name = $Database } -Server $From
        $file = if ($shipped) { "${Database}_$((Get-Date).ToUniversalTime().ToString('yyyyMMddHHmmss')).trn" } else { "seed_${Database}_$env:COMPUTERNAME.trn" }
        $logFile = Join-Path -Path $Folder -ChildPath $file
        $log = ConvertTo-SqlText -Text $logFile
        Invoke-LabContact -Query "BACKUP LOG $name TO DISK = $log WITH INIT, CHECKSUM" -Minutes 5 -Server $From
        Invoke-LabSql -Query "RESTORE LOG $name FROM DISK = $log WITH NORECOVERY" | Out-Null
        if (-not $shipped) { Remove-Item -Path $logFile }
    }
    Add-LabChange -Text "$Database restored from a new backup of $From"
}

function ConvertTo-SqlBinary {
    param([byte[]] $Bytes)
    return '0x' + [System.BitConverter]::ToString($Bytes).Replace('-', '')
}

# The users of a database find no login after a failover unless each instance that may serve it has theirs, under the same SID:
# https://learn.microsoft.com/sql/database-engine/database-mirroring/manage-metadata-when-making-a-database-available-on-another-server
function Copy-LabLogin {
    param([string] $Database, [string] $From)
    $query = 'SELECT s.name, s.type, s.sid, l.password_hash FROM DATABASE.sys.database_principals u JOIN sys.server_principals s ON s.sid = u.sid ' +
        "LEFT JOIN sys.sql_logins l ON l.sid = s.sid WHERE s.type IN ('U', 'G', 'S') AND s.principal_id > 1"
    foreach ($row in Invoke-LabSql -Query $query.Replace('DATABASE', (ConvertTo-SqlName -Text $Database)) -Server $From) {
        $login = ConvertTo-SqlName -Text $row.name
        $held = Get-LabSqlValue -Query 'SELECT sid FROM sys.server_principals WHERE name = @name' -Parameters @{ name = $row.name }
        if ($held) {
            if ((ConvertTo-SqlBinary -Bytes $held) -ne (ConvertTo-SqlBinary -Bytes $row.sid)) { throw "The login $login has another SID on $env:COMPUTERNAME than on ${From}: drop it here" }
            continue
        }
        if ($row.type -eq 'S') {
            $hash = ConvertTo-SqlBinary -Bytes $row.password_hash
            $sid = ConvertTo-SqlBinary -Bytes $row.sid
            Invoke-LabSql -Query "CREATE LOGIN $login WITH PASSWORD = $hash HASHED, SID = $sid, CHECK_POLICY = OFF" | Out-Null
        }
        else { Invoke-LabSql -Query "CREATE LOGIN $login FROM WINDOWS" | Out-Null }
        Add-LabChange -Text "login $login as on $From"
    }
}

# Moves the principal of a session from one instance to the other, and waits until both agree again.
function Switch-LabPrincipal {
    param([string] $Database, [string] $From, [string] $Role)
    Wait-For -What "both copies of $Database to agree" -Minutes 5 -Condition { (Get-LabDatabase -Database $Database).Session -eq 'SYNCHRONIZED' }
    Invoke-LabSql -Query "ALTER DATABASE $(ConvertTo-SqlName -Text $Database) SET PARTNER FAILOVER" -Server $From | Out-Null
    Wait-For -What "$Database to be the $Role here" -Minutes 5 -Condition {
        $held = Get-LabDatabase -Database $Database
        $held.Role -eq $Role -and $held.Session -eq 'SYNCHRONIZED'
    }
    Add-LabChange -Text "$Database moved away from $From"
}

# Lets a job of log shipping run or not, and waits for the end of a run that is under way. Nothing to do where there is no such job yet.
function Set-LabShipping {
    param([string] $Job, [string] $Server = 'localhost', [int] $Enabled)
    $values = @{ job = $Job; enabled = $Enabled }
    $set = 'IF EXISTS (SELECT 1 FROM msdb.dbo.sysjobs WHERE name = @job) EXEC msdb.dbo.sp_update_job @job_name = @job, @enabled = @enabled;'
    Invoke-LabSql -Query $set -Parameters $values -Server $Server | Out-Null
    $running = @'
SELECT COUNT(*) FROM msdb.dbo.sysjobactivity a JOIN msdb.dbo.sysjobs j ON j.job_id = a.job_id WHERE j.name = @job
AND a.session_id = (SELECT MAX(session_id) FROM msdb.dbo.syssessions) AND a.start_execution_date IS NOT NULL AND a.stop_execution_date IS NULL
'@
    Wait-For -What "a run of $Job that is under way" -Minutes 3 -Condition {
        $Enabled -eq 1 -or (Get-LabSqlValue -Query $running -Parameters $values -Server $Server) -eq 0
    }
}

# Raises what the monitor of log shipping finds late; one job for an instance, however many databases are set up on it at once.
function Add-LabAlertJob {
    $add = @'
EXEC sp_getapplock @Resource = N'persistent-chat-lab alert job', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 60000;
IF NOT EXISTS (SELECT 1 FROM msdb.dbo.log_shipping_monitor_alert) EXEC master.dbo.sp_add_log_shipping_alert_job;
EXEC sp_releaseapplock @Resource = N'persistent-chat-lab alert job', @LockOwner = 'Session';
'@
    Invoke-LabSql -Query $add | Out-Null
}

# Lets a job run day and night. Jobs of log shipping come disabled and without a schedule.
function Set-LabSchedule {
    param([guid] $Job, [string] $Name, [int] $Every, [ValidateSet('seconds', 'minutes')] [string] $Unit)
    $query = 'SELECT MIN(s.schedule_id) FROM msdb.dbo.sysjobschedules js JOIN msdb.dbo.sysschedules s ON s.schedule_id = js.schedule_id WHERE js.job_id = @job'
    $values = @{ job = $Job; name = $Name; every = $Every; unit = $(if ($Unit -eq 'seconds') { 2 } else { 4 }); schedule = 0 }
    $held = Get-LabSqlValue -Query $query -Parameters $values
    if (-not $held) {
        $create = @'
DECLARE @made int;
EXEC msdb.dbo.sp_add_schedule @schedule_name = @name, @enabled = 1, @freq_type = 4, @freq_interval = 1, @freq_subday_type = @unit,
    @freq_subday_interval = @every, @freq_recurrence_factor = 0, @active_start_time = 0, @active_end_time = 235959, @schedule_id = @made OUTPUT;
EXEC msdb.dbo.sp_attach_schedule @job_id = @job, @schedule_id = @made;
'@
        Invoke-LabSql -Query $create -Parameters $values | Out-Null
        Add-LabChange -Text "$Name runs every $Every $Unit"
    }
    else {
        $values.schedule = $held
        $interval = Get-LabSqlValue -Query 'SELECT freq_subday_interval FROM msdb.dbo.sysschedules WHERE schedule_id = @schedule' -Parameters $values
        if ($interval -ne $Every) {
            Invoke-LabSql -Query 'EXEC msdb.dbo.sp_update_schedule @schedule_id = @schedule, @freq_subday_interval = @every' -Parameters $values | Out-Null
            Add-LabChange -Text "$Name runs every $Every $Unit, no longer every $interval"
        }
    }
    if ((Get-LabSqlValue -Query 'SELECT enabled FROM msdb.dbo.sysjobs WHERE job_id = @job' -Parameters $values) -eq 1) { return }
    Invoke-LabSql -Query 'EXEC msdb.dbo.sp_update_job @job_id = @job, @enabled = 1' -Parameters $values | Out-Null
    Add-LabChange -Text "$Name is enabled"
}

# Changes what log shipping remembers, where the rows that are as they should be are none.
function Update-LabLogShipping {
    param([string] $What, [string] $Same, [string] $Change, [hashtable] $Parameters)
    if ((Get-LabSqlValue -Query $Same -Parameters $Parameters) -gt 0) { return }
    Invoke-LabSql -Query $Change -Parameters $Parameters | Out-Null
    Add-LabChange -Text $What
}
