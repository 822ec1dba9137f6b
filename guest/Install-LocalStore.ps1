<#
.SYNOPSIS
    Installs the local management store of Skype for Business, which setup fills from the topology.
.DESCRIPTION
    [inferred] The command is documented for other roles of the product and used for all of them by public installation scripts.
.NOTES
    https://learn.microsoft.com/skypeforbusiness/deploy/install/install-skype-for-business-server
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Folder
)
. "$PSScriptRoot\shared\Prologue.ps1"

$store = 'MSSQL$RTCLOCAL'
if (-not (Get-Service -Name $store -ErrorAction SilentlyContinue)) {
    $program = "$env:ProgramFiles\Skype for Business Server 2015\Deployment\Bootstrapper.exe"
    $source = Join-Path -Path $Folder -ChildPath 'media\Setup\amd64'
    $outcome = @{ Code = 1618 }
    # 1618 says that another installation is under way.
    Wait-For -What 'an end of the installation before this one' -Minutes 10 -Condition {
        $process = Start-Process -FilePath $program -ArgumentList '/BootstrapLocalMgmt', "`"/SourceDirectory:$source`"" -Wait -PassThru
        $outcome.Code = $process.ExitCode
        $outcome.Code -ne 1618
    }
    if (@(0, 3010) -notcontains $outcome.Code) { throw "Bootstrapper.exe ended with $($outcome.Code)" }
    Wait-For -What 'the local management store' -Minutes 5 -Condition { (Get-Service -Name $store).Status -eq 'Running' }
    Add-LabChange -Text 'local management store'
}
Complete-Step -Script 'Install-LocalStore'
