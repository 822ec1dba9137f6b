<#
.SYNOPSIS
    Makes this machine the first domain controller of a new forest.
.DESCRIPTION
    The directory, its logs and SYSVOL go to a data disk without host caching, since they need writes to reach the disk. Promotion does
    not always restart the machine by itself, so it is told not to and restarted as the last act. A machine that is made again beside a
    controller that lives makes no second forest of the same name: it stops, and says what to do.
.NOTES
    https://learn.microsoft.com/powershell/module/addsdeployment/install-addsforest
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $DomainName,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateLength(1, 15)] [string] $NetbiosName,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[0-9.]+$')] [string] $OtherController,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $DatabasePath,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $AdminPasswordBase64
)
. "$PSScriptRoot\shared\Prologue.ps1"

$controller = (Get-CimInstance -ClassName Win32_ComputerSystem).DomainRole -ge 4
# Promoted already, as Windows says before the restart, by a run that was killed: a second promotion would be refused.
if (-not $controller -and -not (Test-WindowsRestartMark)) {
    $living = Resolve-DnsName -Name "_ldap._tcp.dc._msdcs.$DomainName" -Type SRV -DnsOnly -Server $OtherController -ErrorAction SilentlyContinue |
        Where-Object { $_.Section -eq 'Answer' }
    if ($living) { throw "The controller at $OtherController serves $DomainName already: a second forest of that name would part the lab. Destroy the lab and make it anew, or seize the roles there and leave this machine out" }
    $sysvol = Join-Path -Path (Split-Path -Path $DatabasePath -Parent) -ChildPath 'SYSVOL'
    foreach ($folder in $DatabasePath, $sysvol) { Move-LabLeftover -Path $folder }
    Install-WindowsFeature -Name 'AD-Domain-Services', 'DNS', 'GPMC' -IncludeManagementTools | Out-Null
    $forest = @{
        DomainName                    = $DomainName
        DomainNetbiosName             = $NetbiosName
        DomainMode                    = 'WinThreshold'
        ForestMode                    = 'WinThreshold'
        InstallDns                    = $true
        DatabasePath                  = $DatabasePath
        LogPath                       = $DatabasePath
        SysvolPath                    = $sysvol
        SafeModeAdministratorPassword = (ConvertFrom-LabSecret -Encoded $AdminPasswordBase64)
        NoRebootOnCompletion          = $true
        Force                         = $true
    }
    Set-RestartMark -Because 'first domain controller'
    Install-ADDSForest @forest | Out-Null
}
if ((Test-RestartMark) -or (Test-WindowsRestartMark)) {
    Restart-AfterStep -Because 'first domain controller'
}
Complete-Step -Script 'Install-Forest'
