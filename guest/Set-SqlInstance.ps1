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
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $DomainName,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateLength(1, 15)] [string] $NetbiosName,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $DataPath,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $LogPath,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[0-9]+$')] [string] $Port
)
. "$PSScriptRoot\shared\Prologue.ps1"
. "$PSScriptRoot\shared\Sql.ps1"

Wait-Membership -DomainName $DomainName

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
Wait-For -What 'SQL Server to run and to answer' -Minutes 10 -Condition {
    if ((Get-Service -Name 'MSSQLSERVER').Status -ne 'Running') { return $false }
    $answer.SysAdmin = Test-SysAdmin
    $true
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
Add-LabAdministrator -Account "$NetbiosName\Domain Admins"

# 4 is Express, which may be a witness and nothing else.
if ($DataPath -ne 'none' -and (Get-LabSqlValue -Query "SELECT CAST(SERVERPROPERTY('EngineEdition') AS int)") -eq 4) {
    throw 'SQL Server Express can be a mirroring witness only: choose another image'
}

# Log shipping and mirroring name an instance by this; an image that was renamed after its setup still has the old name.
$renamed = @'
DECLARE @new sysname = CAST(SERVERPROPERTY('MachineName') AS sysname);
IF @@SERVERNAME = @new SELECT 0;
ELSE
BEGIN
    IF @@SERVERNAME IS NOT NULL EXEC sp_dropserver @server = @@SERVERNAME;
    EXEC sp_addserver @server = @new, @local = 'local';
    SELECT 1;
END
'@
$restart = $false
if ((Get-LabSqlValue -Query $renamed) -eq 1) {
    $restart = $true
    Add-LabChange -Text "the instance is called $env:COMPUTERNAME"
}

$root = 'HKLM:\SOFTWARE\Microsoft\Microsoft SQL Server'
$key = "$root\$(Get-LabRegistryValue -Path "$root\Instance Names\SQL" -Name 'MSSQLSERVER')\MSSQLServer"
$tcp = "$key\SuperSocketNetLib\Tcp"
if ((Get-LabRegistryValue -Path $tcp -Name 'Enabled') -ne 1 -or (Get-LabRegistryValue -Path "$tcp\IPAll" -Name 'TcpPort') -ne $Port) {
    Set-ItemProperty -Path $tcp -Name 'Enabled' -Value 1
    Set-ItemProperty -Path "$tcp\IPAll" -Name 'TcpPort' -Value $Port
    Set-ItemProperty -Path "$tcp\IPAll" -Name 'TcpDynamicPorts' -Value ''
    $restart = $true
    Add-LabChange -Text "TCP/IP on port $Port"
}

$folders = @{ DefaultData = $DataPath; DefaultLog = $LogPath }
foreach ($name in $folders.Keys) {
    $folder = $folders[$name]
    if ($folder -eq 'none') { continue }
    New-LabFolder -Path $folder
    if ((Get-LabRegistryValue -Path $key -Name $name) -ne $folder) {
        Set-ItemProperty -Path $key -Name $name -Value $folder
        $restart = $true
        Add-LabChange -Text "$name is $folder"
    }
}
if ($restart) { Restart-Sql }

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

$agent = Get-Service -Name 'SQLSERVERAGENT'
if ($agent.StartType -ne 'Automatic') {
    Set-Service -Name 'SQLSERVERAGENT' -StartupType Automatic
    Add-LabChange -Text 'Agent starts by itself'
}
if ($agent.Status -ne 'Running') {
    Start-Service -Name 'SQLSERVERAGENT'
    Add-LabChange -Text 'Agent started'
}
Complete-Step -Script 'Set-SqlInstance'
