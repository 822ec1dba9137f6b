<#
.SYNOPSIS
    Prepares the default instance of SQL Server on this machine.
.DESCRIPTION
    SYSTEM becomes an administrator of the instance, which later steps need and the image does not promise, and so do the domain's
    administrators, who would otherwise find no way in; TCP/IP, off in Developer and Express editions, goes on at a fixed port; the Agent,
    which runs log shipping, starts by itself; memory is left to Windows.
.NOTES
    https://learn.microsoft.com/sql/database-engine/configure-windows/connect-to-sql-server-when-system-administrators-are-locked-out
    https://learn.microsoft.com/sql/database-engine/configure-windows/enable-or-disable-a-server-network-protocol
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateLength(1, 15)] [string] $NetbiosName,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $DataPath,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $LogPath,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[0-9]+$')] [string] $Port
)
. "$PSScriptRoot\shared\Prologue.ps1"
. "$PSScriptRoot\shared\Sql.ps1"

function Restart-Sql {
    Restart-Service -Name 'MSSQLSERVER' -Force
    Wait-For -What 'SQL Server' -Minutes 5 -Condition { Invoke-LabSql -Query 'SELECT 1' }
}

# Only a refused login says no; an instance that is still starting says nothing, and is asked again.
function Test-SysAdmin {
    try { return ((Get-LabSqlValue -Query "SELECT IS_SRVROLEMEMBER('sysadmin')") -eq 1) }
    catch {
        if (@(18456, 4060) -contains (Get-LabSqlError -Record $_)) { return $false }
        throw
    }
}

$answer = @{ SysAdmin = $false }
function Wait-Answer {
    Wait-For -What 'SQL Server to run and to answer' -Minutes 10 -Condition {
        if ((Get-Service -Name 'MSSQLSERVER').Status -ne 'Running') { return $false }
        $answer.SysAdmin = Test-SysAdmin
        $true
    }
}
Wait-Answer
# Where an earlier run was killed in between the instance is still in single-user mode, in which SYSTEM is an administrator for once.
if ($answer.SysAdmin -and (Get-LabSqlValue -Query "SELECT CAST(SERVERPROPERTY('IsSingleUser') AS int)") -eq 1) {
    Restart-Sql
    Add-LabChange -Text 'out of single-user mode'
    Wait-Answer
}
if (-not $answer.SysAdmin) {
    # In single-user mode a local administrator, which SYSTEM is, is an administrator of the instance.
    Stop-Service -Name 'MSSQLSERVER' -Force
    try {
        & "$env:SystemRoot\System32\net.exe" start MSSQLSERVER /mpersistent-chat-lab | Out-Null
        if ($LASTEXITCODE -ne 0) { throw "SQL Server did not start in single-user mode: net.exe ended with $LASTEXITCODE" }
        Wait-For -What 'SQL Server in single-user mode' -Minutes 5 -Condition { Invoke-LabSql -Query 'SELECT 1' }
        Add-LabAdministrator -Account 'NT AUTHORITY\SYSTEM'
    }
    finally {
        # Whatever happened: an instance that is stopped or left in single-user mode would look well to the next run.
        Restart-Sql
    }
    if (-not (Test-SysAdmin)) { throw 'SYSTEM could not become an administrator of SQL Server' }
}
# By its own name, also where it is one through a group: a group may lose it again.
Add-LabAdministrator -Account 'NT AUTHORITY\SYSTEM'
# The name of a group of the domain may not be known in the first seconds after the join.
Wait-For -What "$NetbiosName\Domain Admins" -Minutes 10 -Condition {
    Add-LabAdministrator -Account "$NetbiosName\Domain Admins"
    $true
}

# 4 is Express, which may be a witness and nothing else, and has no Agent.
$express = (Get-LabSqlValue -Query "SELECT CAST(SERVERPROPERTY('EngineEdition') AS int)") -eq 4
if ($DataPath -ne 'none' -and $express) { throw 'SQL Server Express can be a mirroring witness only: choose another image' }

# Log shipping and mirroring name an instance by this; an image that was renamed after its setup still has the old name, and the new one
# counts from the next start on.
$renamed = @'
DECLARE @new sysname = CAST(SERVERPROPERTY('MachineName') AS sysname);
IF NOT EXISTS (SELECT 1 FROM sys.servers WHERE server_id = 0 AND name = @new)
BEGIN
    DECLARE @old sysname = (SELECT name FROM sys.servers WHERE server_id = 0);
    IF @old IS NOT NULL EXEC sp_dropserver @server = @old;
    EXEC sp_addserver @server = @new, @local = 'local';
    SELECT 1;
END
ELSE SELECT 0;
'@
if ((Get-LabSqlValue -Query $renamed) -eq 1) { Add-LabChange -Text "the instance is called $env:COMPUTERNAME" }

$root = 'HKLM:\SOFTWARE\Microsoft\Microsoft SQL Server'
$key = "$root\$(Get-LabRegistryValue -Path "$root\Instance Names\SQL" -Name 'MSSQLSERVER')\MSSQLServer"
$tcp = "$key\SuperSocketNetLib\Tcp"
if ((Get-LabRegistryValue -Path $tcp -Name 'Enabled') -ne 1 -or (Get-LabRegistryValue -Path "$tcp\IPAll" -Name 'TcpPort') -ne $Port) {
    Set-ItemProperty -Path $tcp -Name 'Enabled' -Value 1
    Set-ItemProperty -Path "$tcp\IPAll" -Name 'TcpPort' -Value $Port
    Set-ItemProperty -Path "$tcp\IPAll" -Name 'TcpDynamicPorts' -Value ''
    Add-LabChange -Text "TCP/IP on port $Port"
}

$folders = @{ DefaultData = $DataPath; DefaultLog = $LogPath }
foreach ($name in $folders.Keys) {
    $folder = $folders[$name]
    if ($folder -eq 'none') { continue }
    New-LabFolder -Path $folder
    if ((Get-LabRegistryValue -Path $key -Name $name) -ne $folder) {
        Set-ItemProperty -Path $key -Name $name -Value $folder
        Add-LabChange -Text "$name is $folder"
    }
}
# What runs decides, not what this run wrote: an earlier one may have been killed before it could restart the instance.
$running = @'
SELECT @@SERVERNAME AS name, CAST(SERVERPROPERTY('MachineName') AS sysname) AS wanted, CAST(SERVERPROPERTY('InstanceDefaultDataPath') AS nvarchar(260)) AS data,
    CAST(SERVERPROPERTY('InstanceDefaultLogPath') AS nvarchar(260)) AS logs, (SELECT COUNT(*) FROM sys.dm_tcp_listener_states
    WHERE type_desc = N'TSQL' AND state_desc = N'ONLINE' AND port = @port) AS listeners
'@
function Test-Stale {
    foreach ($row in Invoke-LabSql -Query $running -Parameters @{ port = [int]$Port }) {
        if ("$($row.name)" -ne "$($row.wanted)" -or $row.listeners -eq 0) { return $true }
        if ($DataPath -ne 'none' -and "$($row.data)".TrimEnd('\') -ne $DataPath) { return $true }
        if ($LogPath -ne 'none' -and "$($row.logs)".TrimEnd('\') -ne $LogPath) { return $true }
    }
    return $false
}
if (Test-Stale) {
    Restart-Sql
    Add-LabChange -Text 'SQL Server restarted'
}

function Set-SqlOption {
    param([string] $Name, [int] $Value)
    $held = Get-LabSqlValue -Query 'SELECT CAST(value_in_use AS int) FROM sys.configurations WHERE name = @name' -Parameters @{ name = $Name }
    if ($held -eq $Value) { return }
    Invoke-LabSql -Query 'EXEC sp_configure @configname = @name, @configvalue = @value; RECONFIGURE;' -Parameters @{ name = $Name; value = $Value } | Out-Null
    Add-LabChange -Text "$Name is $Value"
}

$computer = Get-CimInstance -ClassName Win32_ComputerSystem
$memory = [int][Math]::Floor($computer.TotalPhysicalMemory / 1048576)
Set-SqlOption -Name 'show advanced options' -Value 1
Set-SqlOption -Name 'max server memory (MB)' -Value ($memory - [Math]::Max(2048, [int]($memory * 0.2)))
Set-SqlOption -Name 'max degree of parallelism' -Value ([Math]::Min(8, [int]$computer.NumberOfLogicalProcessors))
Set-SqlOption -Name 'backup compression default' -Value 1

if (-not $express) {
    $agent = Get-Service -Name 'SQLSERVERAGENT'
    if ($agent.StartType -ne 'Automatic') {
        Set-Service -Name 'SQLSERVERAGENT' -StartupType Automatic
        Add-LabChange -Text 'Agent starts by itself'
    }
    if ($agent.Status -ne 'Running') {
        Start-Service -Name 'SQLSERVERAGENT'
        Add-LabChange -Text 'Agent started'
    }
}
Complete-Step -Script 'Set-SqlInstance'
