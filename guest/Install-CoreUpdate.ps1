<#
.SYNOPSIS
    Brings the core components of Skype for Business to a cumulative update.
.DESCRIPTION
    Before the databases and the roles, which the deployment wizard installs without it: run the installer again after the wizard. It
    leaves alone what it has updated before, so each run of this step runs it.
.NOTES
    https://learn.microsoft.com/skypeforbusiness/plan-your-deployment/requirements-for-your-environment/server-requirements
    https://learn.microsoft.com/powershell/module/skypeforbusiness/get-csserverpatchversion
    [inferred] The option /silentmode and the name that Windows lists the components with, from public installation scripts.
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^https://[^?]+\.exe$')] [string] $Url,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[0-9a-fA-F]{64}$')] [string] $Sha256,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Identity,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Folder
)
. "$PSScriptRoot\shared\Prologue.ps1"
. "$PSScriptRoot\shared\Media.ps1"

$components = 'Skype for Business Server 2015, Core Components'
# The last version before cumulative update 9, that of January 2019: https://itbasedtelco.wordpress.com
$before9 = [version] '6.0.9319.544'

$installer = Join-Path -Path $Folder -ChildPath 'SkypeServerUpdateInstaller.exe'
Get-LabBlob -Url $Url -Hash $Sha256 -Identity $Identity -Path $installer
if (-not (Get-LabProgramVersion -Name $components)) { throw "Windows lists no $components" }
Install-LabPackage -Path $installer -Options '/silentmode'
$version = Get-LabProgramVersion -Name $components
if ($version -le $before9) { throw "$Url brings the core components to $version, which is older than cumulative update 9: bring a later one" }
Complete-Step -Script 'Install-CoreUpdate'
