<#
.SYNOPSIS
    Makes this machine the first domain controller of a new forest.
.DESCRIPTION
    The directory, its logs and SYSVOL go to a data disk without host caching, since they need writes to reach the disk. Promotion does
    not always restart the machine by itself, so it is told not to and restarted as the last act.
.NOTES
    https://learn.microsoft.com/powershell/module/addsdeployment/install-addsforest
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $DomainName,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateLength(1, 15)] [string] $NetbiosName,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $DatabasePath,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $AdminPasswordBase64
)
. "$PSScriptRoot\shared\Prologue.ps1"

if ((Get-CimInstance -ClassName Win32_ComputerSystem).DomainRole -lt 4) {
    Install-WindowsFeature -Name 'AD-Domain-Services', 'DNS', 'GPMC' -IncludeManagementTools | Out-Null
    $forest = @{
        DomainName                    = $DomainName
        DomainNetbiosName             = $NetbiosName
        DomainMode                    = 'WinThreshold'
        ForestMode                    = 'WinThreshold'
        InstallDns                    = $true
        DatabasePath                  = $DatabasePath
        LogPath                       = $DatabasePath
        SysvolPath                    = (Join-Path -Path (Split-Path -Path $DatabasePath -Parent) -ChildPath 'SYSVOL')
        SafeModeAdministratorPassword = (ConvertFrom-LabSecret -Encoded $AdminPasswordBase64)
        NoRebootOnCompletion          = $true
        Force                         = $true
    }
    Install-ADDSForest @forest | Out-Null
    Restart-AfterStep -Because 'first domain controller'
}
Complete-Step -Script 'Install-Forest'
