<#
.SYNOPSIS
    Installs the Windows features that Skype for Business wants on this machine.
.DESCRIPTION
    Some come from Windows Update, so names must resolve, which for a member they do once the forest is ready. A restart that a feature asks for is the one after the join.
    Version 4.8 of .NET is kept off, unless a cumulative update comes that supports it, 9 or later.
.NOTES
    https://learn.microsoft.com/skypeforbusiness/plan-your-deployment/requirements-for-your-environment/server-requirements
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Features,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateSet('allowed', 'blocked')] [string] $Framework48
)
. "$PSScriptRoot\shared\Prologue.ps1"

$framework = 'HKLM:\SOFTWARE\Microsoft\NET Framework Setup\NDP'
$block = "$framework\WU"
$blocked = (Get-LabRegistryValue -Path $block -Name 'BlockNetFramework48') -eq 1
if ($Framework48 -eq 'blocked') {
    if (-not $blocked) {
        if (-not (Test-Path -Path $block)) { New-Item -Path $block -Force | Out-Null }
        New-ItemProperty -Path $block -Name 'BlockNetFramework48' -Value 1 -PropertyType DWord -Force | Out-Null
        Add-LabChange -Text '.NET 4.8 blocked'
    }
    # 528040 is the first release number of 4.8.
    $release = Get-LabRegistryValue -Path "$framework\v4\Full" -Name 'Release'
    if ($release -ge 528040) { throw "This image comes with .NET Framework 4.8 or later (release $release), which Skype for Business Server 2015 supports from cumulative update 9 on: bring that (media.update), or choose another image" }
}
elseif ($blocked) {
    Remove-ItemProperty -Path $block -Name 'BlockNetFramework48'
    Add-LabChange -Text '.NET 4.8 no longer blocked'
}
$wanted = @(ConvertFrom-LabList -Text $Features)
function Get-Missing {
    Get-WindowsFeature -Name $wanted | Where-Object { -not $_.Installed } | ForEach-Object { $_.Name }
}
# Windows says nothing of a feature that it does not know.
$known = @(Get-WindowsFeature -Name $wanted | ForEach-Object { $_.Name })
$unknown = @($wanted | Where-Object { $known -notcontains $_ })
if ($unknown.Count -gt 0) { throw "This system has no feature $($unknown -join ', ')" }
# What comes from Windows Update fails now and then on Azure: https://github.com/actions/runner-images/issues/9456
foreach ($try in 1, 2, 3) {
    $missing = @(Get-Missing)
    if ($missing.Count -eq 0) { break }
    if ((Get-Service -Name 'wuauserv').Status -ne 'Running') { Start-Service -Name 'wuauserv' -ErrorAction SilentlyContinue }
    try {
        $result = Install-WindowsFeature -Name $missing
        if (-not $result.Success) { throw "Could not install $($missing -join ', ')" }
        Add-LabChange -Text "features $($missing -join ', ')"
    }
    catch {
        Write-LabLog -Text "Features, try ${try}: $($_.Exception.Message)"
        if ($try -eq 3) { throw }
        Start-Sleep -Seconds 120
    }
}
Complete-Step -Script 'Install-Prerequisites'
