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
    $process = Start-Process -FilePath $program -ArgumentList '/BootstrapLocalMgmt', "`"/SourceDirectory:$source`"" -Wait -PassThru
    if (@(0, 3010) -notcontains $process.ExitCode) { throw "Bootstrapper.exe ended with $($process.ExitCode)" }
    Wait-For -What 'the local management store' -Minutes 5 -Condition { (Get-Service -Name $store).Status -eq 'Running' }
    Add-LabChange -Text 'local management store'
}
Complete-Step -Script 'Install-LocalStore'
