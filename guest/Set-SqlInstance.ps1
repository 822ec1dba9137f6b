<#
.SYNOPSIS
    Prepares the default instance of SQL Server on this machine.
.DESCRIPTION
    SYSTEM becomes an administrator of the instance, which later steps need and the image does not promise; TCP/IP, off in Developer
    and Express editions, goes on at port 1433; the Agent, which runs log shipping, starts by itself; memory is left to Windows.
.NOTES
    https://learn.microsoft.com/sql/database-engine/configure-windows/connect-to-sql-server-when-system-administrators-are-locked-out
    https://learn.microsoft.com/sql/database-engine/configure-windows/enable-or-disable-a-server-network-protocol
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $DomainName,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $DataPath,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $LogPath
)
. "$PSScriptRoot\shared\Prologue.ps1"

Wait-Membership -DomainName $DomainName

function Restart-Sql {
    Restart-Service -Name 'MSSQLSERVER' -Force
    Wait-For -What 'SQL Server' -Minutes 5 -Condition { Invoke-LabSql -Query 'SELECT 1' }
}

function Test-SysAdmin {
    try { return ((Get-LabSqlValue -Query "SELECT IS_SRVROLEMEMBER('sysadmin')") -eq 1) }
    catch { return $false }
}

Wait-For -What 'the service of SQL Server' -Minutes 10 -Condition { Get-Service -Name 'MSSQLSERVER' }
if (-not (Test-SysAdmin)) {
    # In single-user mode a local administrator, which SYSTEM is, is an administrator of the instance.
    Stop-Service -Name 'MSSQLSERVER' -Force
    & "$env:SystemRoot\System32\net.exe" start MSSQLSERVER /mpersistent-chat-lab | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "SQL Server did not start in single-user mode: net.exe ended with $LASTEXITCODE" }
    try {
        Wait-For -What 'SQL Server in single-user mode' -Minutes 5 -Condition { Invoke-LabSql -Query 'SELECT 1' }
        $login = "IF SUSER_ID(N'NT AUTHORITY\SYSTEM') IS NULL CREATE LOGIN [NT AUTHORITY\SYSTEM] FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER [NT AUTHORITY\SYSTEM];"
        Invoke-LabSql -Query $login | Out-Null
    }
    finally {
        # Whatever happened: an instance left in single-user mode would look well to the next run.
        Restart-Sql
    }
    if (-not (Test-SysAdmin)) { throw 'SYSTEM could not become an administrator of SQL Server' }
    Add-LabChange -Text 'SYSTEM is sysadmin'
}

# 4 is Express, which may be a witness and nothing else.
if ($DataPath -ne 'none' -and (Get-LabSqlValue -Query "SELECT CAST(SERVERPROPERTY('EngineEdition') AS int)") -eq 4) {
    throw 'SQL Server Express can be a mirroring witness only: choose another image'
}

$instance = (Get-ItemProperty -Path 'HKLM:\SOFTWARE\Microsoft\Microsoft SQL Server\Instance Names\SQL').MSSQLSERVER
$tcp = "HKLM:\SOFTWARE\Microsoft\Microsoft SQL Server\$instance\MSSQLServer\SuperSocketNetLib\Tcp"
$all = "$tcp\IPAll"
if ((Get-ItemProperty -Path $tcp).Enabled -ne 1 -or (Get-ItemProperty -Path $all).TcpPort -ne '1433') {
    Set-ItemProperty -Path $tcp -Name 'Enabled' -Value 1
    Set-ItemProperty -Path $all -Name 'TcpPort' -Value '1433'
    Set-ItemProperty -Path $all -Name 'TcpDynamicPorts' -Value ''
    Restart-Sql
    Add-LabChange -Text 'TCP/IP on port 1433'
}

$folders = @{ DefaultData = $DataPath; DefaultLog = $LogPath }
foreach ($name in $folders.Keys) {
    $folder = $folders[$name]
    if ($folder -eq 'none') { continue }
    if (-not (Test-Path -Path $folder)) { New-Item -Path $folder -ItemType Directory | Out-Null }
    & "$env:SystemRoot\System32\icacls.exe" $folder /grant 'NT SERVICE\MSSQLSERVER:(OI)(CI)F' | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "icacls.exe ended with $LASTEXITCODE for $folder" }
    $key = "HKLM:\SOFTWARE\Microsoft\Microsoft SQL Server\$instance\MSSQLServer"
    $held = (Get-ItemProperty -Path $key).PSObject.Properties | Where-Object { $_.Name -eq $name }
    if (-not $held -or $held.Value -ne $folder) {
        Set-ItemProperty -Path $key -Name $name -Value $folder
        Restart-Sql
        Add-LabChange -Text "$name is $folder"
    }
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

$agent = Get-Service -Name 'SQLSERVERAGENT'
if ($agent.StartType -ne 'Automatic') {
    Set-Service -Name 'SQLSERVERAGENT' -StartupType Automatic
    Add-LabChange -Text 'Agent starts by itself'
}
if ($agent.Status -ne 'Running') { Start-Service -Name 'SQLSERVERAGENT' }
Complete-Step -Step 'sql-instance'
