<#
.SYNOPSIS
    Installs the core components and the administrative tools of Skype for Business Server 2015.
.DESCRIPTION
    [inferred] Packages and their order are those of public installation scripts; Microsoft documents the wizard only.
.NOTES
    https://learn.microsoft.com/skypeforbusiness/deploy/install/install-administrative-tools
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Folder
)
. "$PSScriptRoot\shared\Prologue.ps1"
. "$PSScriptRoot\shared\Media.ps1"

$setup = Join-Path -Path $Folder -ChildPath 'media\Setup\amd64'
$module = "$env:CommonProgramFiles\Skype for Business Server 2015\Modules\SkypeForBusiness\SkypeForBusiness.psd1"

function Install-Part {
    param([string] $File, [string[]] $Options)
    $path = Join-Path -Path $setup -ChildPath $File
    if (-not (Test-Path -Path $path)) { throw "The media has no $File" }
    Install-LabPackage -Path $path -Options $Options
}

if (-not (Test-Path -Path $module)) {
    Install-Part -File 'vcredist_x64.exe' -Options '/q'
    Install-Part -File 'Setup\ocscore.msi' -Options 'ADDLOCAL=Feature_OcsCore'
    Install-Part -File 'sqlncli.msi' -Options 'IACCEPTSQLNCLILICENSETERMS=YES'
    Install-Part -File 'SQLSysClrTypes.msi' -Options @()
    Install-Part -File 'SharedManagementObjects.msi' -Options @()
    Install-Part -File 'Setup\UcmaRuntime.msi' -Options 'BOOT=1', 'EXCLUDETRACING=1'
    Install-Part -File 'Setup\admintools.msi' -Options 'ADDLOCAL=Feature_AdminTools'
    if (-not (Test-Path -Path $module)) { throw 'The core components were installed and their PowerShell module is missing' }
}
Complete-Step -Script 'Install-CoreComponents'
