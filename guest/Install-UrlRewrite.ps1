<#
.SYNOPSIS
    Installs the URL Rewrite module of Internet Information Services.
.DESCRIPTION
    [inferred] Web services of a Front End fail without it on Windows Server 2016 and later, say public installation scripts.
.NOTES
    https://learn.microsoft.com/iis/extensions/url-rewrite-module/using-the-url-rewrite-module
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^https://[^?]+\.msi$')] [string] $Url,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[0-9a-fA-F]{64}$')] [string] $Sha256,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Identity,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Folder
)
. "$PSScriptRoot\shared\Prologue.ps1"
. "$PSScriptRoot\shared\Media.ps1"

$module = 'IIS URL Rewrite Module*'
if (-not (Get-LabProgramVersion -Name $module)) {
    $installer = Join-Path -Path $Folder -ChildPath 'url-rewrite.msi'
    Get-LabBlob -Url $Url -Hash $Sha256 -Identity $Identity -Path $installer
    Install-LabPackage -Path $installer -Options @()
    if (-not (Get-LabProgramVersion -Name $module)) { throw "$Url was installed, and Windows lists no URL Rewrite module" }
}
Complete-Step -Script 'Install-UrlRewrite'
