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

$setup = Join-Path -Path $Folder -ChildPath 'media\Setup\amd64'
$module = "$env:CommonProgramFiles\Skype for Business Server 2015\Modules\SkypeForBusiness\SkypeForBusiness.psd1"

function Install-Package {
    param([string] $File, [string[]] $Options)
    $path = Join-Path -Path $setup -ChildPath $File
    if (-not (Test-Path -Path $path)) { throw "The media has no $File" }
    $program, $line = if ($File.EndsWith('.msi')) { "$env:SystemRoot\System32\msiexec.exe", (@('/i', "`"$path`"", '/qn', '/norestart', 'REBOOT=ReallySuppress') + $Options) } else { $path, $Options }
    $outcome = @{ Code = 1618 }
    # 1618 says that another installation is under way.
    Wait-For -What "an end of the installation before $File" -Minutes 3 -Condition {
        $process = Start-Process -FilePath $program -ArgumentList $line -Wait -PassThru
        $outcome.Code = $process.ExitCode
        $outcome.Code -ne 1618
    }
    # 3010 asks for a restart, 1638 says that a newer version is there.
    if (@(0, 3010, 1638) -notcontains $outcome.Code) { throw "$File ended with $($outcome.Code)" }
    Add-LabChange -Text "installed $File"
}

if (-not (Test-Path -Path $module)) {
    Install-Package -File 'vcredist_x64.exe' -Options '/q'
    Install-Package -File 'Setup\ocscore.msi' -Options 'ADDLOCAL=Feature_OcsCore'
    Install-Package -File 'sqlncli.msi' -Options 'IACCEPTSQLNCLILICENSETERMS=YES'
    Install-Package -File 'SQLSysClrTypes.msi' -Options @()
    Install-Package -File 'SharedManagementObjects.msi' -Options @()
    Install-Package -File 'Setup\UcmaRuntime.msi' -Options 'BOOT=1', 'EXCLUDETRACING=1'
    Install-Package -File 'Setup\admintools.msi' -Options 'ADDLOCAL=Feature_AdminTools'
    if (-not (Test-Path -Path $module)) { throw 'The core components were installed and their PowerShell module is missing' }
}
Complete-Step -Script 'Install-CoreComponents'
