# Shared by all guest scripts; a run command hands a machine one text, so this file replaces the line that loads it.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$LabFolder = Join-Path -Path $env:ProgramData -ChildPath 'persistent-chat-lab'
$BootMarker = Join-Path -Path $LabFolder -ChildPath 'restart.txt'
$script:LabChanges = New-Object -TypeName 'System.Collections.Generic.List[string]'
New-Item -Path $LabFolder -ItemType Directory -Force | Out-Null

# Any error ends the script with one line that says why, and an exit code that makes the deployment fail.
trap {
    $reason = $_.Exception.Message -replace '\s+', ' '
    Write-LabLog -Text "FAILED: $reason"
    [Console]::Error.WriteLine($reason)
    exit 1
}

function Write-LabLog {
    param([string] $Text)
    $line = '{0:u} {1}' -f (Get-Date).ToUniversalTime(), $Text
    # Steps of one machine may run at once; a line that another one's line was in the way of is not worth a failure.
    Add-Content -Path (Join-Path -Path $LabFolder -ChildPath 'guest.log') -Value $line -ErrorAction SilentlyContinue
}

# Says what was changed; never call it with a secret.
function Add-LabChange {
    param([string] $Text)
    $script:LabChanges.Add($Text)
    Write-LabLog -Text $Text
}

# The last act of a script: one line of JSON, short enough for Azure to keep it.
function Complete-Step {
    param([string] $Step)
    $result = @{ step = $Step; changed = ($script:LabChanges.Count -gt 0); changes = @($script:LabChanges | Select-Object -First 20) }
    Write-Output -InputObject (ConvertTo-Json -InputObject $result -Compress)
}

# What holds, as one line of JSON in the output and in a file; a failure where something is wrong.
function Write-LabHealth {
    param([hashtable] $Found, [string[]] $Wrong)
    $Found.wrong = @($Wrong)
    $json = ConvertTo-Json -InputObject $Found -Depth 4 -Compress
    Set-Content -Path (Join-Path -Path $LabFolder -ChildPath 'health.json') -Value $json
    Write-Output -InputObject $json
    if ($Wrong.Count -gt 0) { throw ($Wrong -join '; ') }
}

function Wait-For {
    param([string] $What, [int] $Minutes, [scriptblock] $Condition)
    $deadline = (Get-Date).AddMinutes($Minutes)
    while ($true) {
        $holds = $false
        try { $holds = [bool](& $Condition) } catch { Write-LabLog -Text "Waiting for ${What}: $($_.Exception.Message)" }
        if ($holds) { return }
        if ((Get-Date) -gt $deadline) { throw "Waited $Minutes minutes in vain for $What" }
        Start-Sleep -Seconds 10
    }
}

function Get-BootTime {
    (Get-CimInstance -ClassName Win32_OperatingSystem).LastBootUpTime.ToUniversalTime().ToString('o')
}

# Restarts the machine after this script has ended, and leaves a mark by which the next script sees that it happened.
function Restart-AfterStep {
    param([string] $Because)
    Set-Content -Path $BootMarker -Value (Get-BootTime)
    Add-LabChange -Text "restart: $Because"
    & "$env:SystemRoot\System32\shutdown.exe" /r /t 20 /f /d p:4:2 /c $Because
    if ($LASTEXITCODE -ne 0) { throw "shutdown.exe ended with $LASTEXITCODE" }
}

# For the first script after a restart: Azure's agent may start it while the old system is still going down.
function Wait-NewerBoot {
    Wait-For -What 'the restart that an earlier step asked for' -Minutes 25 -Condition {
        if (-not (Test-Path -Path $BootMarker)) { return $true }
        (Get-BootTime) -ne (Get-Content -Path $BootMarker -TotalCount 1)
    }
}

# For scripts on members: the restart is over and the domain trusts this machine.
function Wait-Membership {
    param([string] $DomainName)
    Wait-NewerBoot
    Wait-For -What "membership in $DomainName" -Minutes 20 -Condition { Test-ComputerSecureChannel }
}

function ConvertFrom-LabList {
    param([string] $Text)
    if ($Text -eq 'none') { return @() }
    return @($Text.Split(','))
}

function ConvertFrom-LabSecret {
    param([string] $Encoded)
    $text = [System.Text.Encoding]::UTF8.GetString([System.Convert]::FromBase64String($Encoded))
    return (ConvertTo-SecureString -String $text -AsPlainText -Force)
}

function New-LabCredential {
    param([string] $User, [string] $Encoded)
    $secret = ConvertFrom-LabSecret -Encoded $Encoded
    return (New-Object -TypeName System.Management.Automation.PSCredential -ArgumentList $User, $secret)
}

# A name or a text inside T-SQL, for statements that take no parameters.
function ConvertTo-SqlName {
    param([string] $Text)
    return '[' + $Text.Replace(']', ']]') + ']'
}

function ConvertTo-SqlText {
    param([string] $Text)
    return "N'" + $Text.Replace("'", "''") + "'"
}

# Always in master: a connection into a mirrored or restoring database fails.
function Invoke-LabSql {
    param([string] $Query, [hashtable] $Parameters = @{}, [string] $ApplicationName = 'persistent-chat-lab')
    $builder = New-Object -TypeName System.Data.SqlClient.SqlConnectionStringBuilder
    $builder['Data Source'] = 'localhost'
    $builder['Initial Catalog'] = 'master'
    $builder['Integrated Security'] = $true
    $builder['Application Name'] = $ApplicationName
    $builder['Connect Timeout'] = 15
    $connection = New-Object -TypeName System.Data.SqlClient.SqlConnection -ArgumentList $builder.ConnectionString
    try {
        $connection.Open()
        $command = $connection.CreateCommand()
        $command.CommandText = $Query
        $command.CommandTimeout = 0
        foreach ($name in $Parameters.Keys) { $command.Parameters.AddWithValue("@$name", $Parameters[$name]) | Out-Null }
        $table = New-Object -TypeName System.Data.DataTable
        $adapter = New-Object -TypeName System.Data.SqlClient.SqlDataAdapter -ArgumentList $command
        $adapter.Fill($table) | Out-Null
        return @($table.Rows)
    }
    finally {
        $connection.Dispose()
    }
}

# The first column of the first row, or $null.
function Get-LabSqlValue {
    param([string] $Query, [hashtable] $Parameters = @{})
    $rows = @(Invoke-LabSql -Query $Query -Parameters $Parameters)
    if ($rows.Count -eq 0) { return $null }
    $value = $rows[0][0]
    if ($value -is [System.DBNull]) { return $null }
    return $value
}

# ONLINE, RESTORING, ... or $null where there is no such database.
function Get-LabDatabaseState {
    param([string] $Database)
    return (Get-LabSqlValue -Query 'SELECT state_desc FROM sys.databases WHERE name = @name' -Parameters @{ name = $Database })
}

# PRINCIPAL, MIRROR, or $null for a database that is not mirrored.
function Get-LabMirroringRole {
    param([string] $Database)
    $query = 'SELECT mirroring_role_desc FROM sys.database_mirroring WHERE database_id = DB_ID(@name)'
    return (Get-LabSqlValue -Query $query -Parameters @{ name = $Database })
}

# Databases that the lab made carry a mark. Skype for Business' setup replaces them; from then on the lab leaves them alone, until their
# owner marks them again.
function Assert-LabManaged {
    param([string] $Database)
    $query = "SELECT COUNT(*) FROM $(ConvertTo-SqlName -Text $Database).sys.extended_properties WHERE class = 0 AND name = N'lab.managed'"
    if ((Get-LabSqlValue -Query $query) -eq 0) { throw "$Database on $env:COMPUTERNAME is not the lab's: it has no property lab.managed, and is left alone" }
}

# Restores a database from the seed: over nothing, or over what an unfinished run of the same script left, never over anything else.
function Restore-LabSeed {
    param([string] $Database, [string] $Folder)
    $marker = Join-Path -Path $LabFolder -ChildPath "seeding-$Database.txt"
    if ((Get-LabDatabaseState -Database $Database) -and -not (Test-Path -Path $marker)) {
        throw "$Database exists on $env:COMPUTERNAME and did not come from the seed just now: it is not overwritten"
    }
    Set-Content -Path $marker -Value 'unfinished'
    $name = ConvertTo-SqlName -Text $Database
    $full = ConvertTo-SqlText -Text (Join-Path -Path $Folder -ChildPath "seed_$Database.bak")
    $log = ConvertTo-SqlText -Text (Join-Path -Path $Folder -ChildPath "seed_$Database.log.bak")
    Invoke-LabSql -Query "RESTORE DATABASE $name FROM DISK = $full WITH NORECOVERY, REPLACE" | Out-Null
    Invoke-LabSql -Query "RESTORE LOG $name FROM DISK = $log WITH NORECOVERY" | Out-Null
    Add-LabChange -Text "$Database restored from the seed"
}

# After the step that needed the seed: from now on the database has logs of its own.
function Complete-LabSeed {
    param([string] $Database)
    Remove-Item -Path (Join-Path -Path $LabFolder -ChildPath "seeding-$Database.txt")
}

# The jobs of log shipping come disabled and without a schedule.
function Enable-LabJob {
    param([guid] $Job, [string] $Name, [int] $Minutes)
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
    Invoke-LabSql -Query $schedule -Parameters @{ job = $Job; name = $Name; minutes = $Minutes } | Out-Null
}
