<#
.SYNOPSIS
    Prepares schema, forest and domain for Skype for Business Server 2015.
.DESCRIPTION
    The cmdlets want Schema Admins and Enterprise Admins, which the first administrator of the forest is and SYSTEM is not, so a
    scheduled task runs them once under that account. Each cmdlet is skipped where its state is ready.
.NOTES
    https://learn.microsoft.com/skypeforbusiness/deploy/install/prepare-active-directory
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $DomainName,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $AdminUser,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $AdminPasswordBase64
)
. "$PSScriptRoot\shared\Prologue.ps1"

$task = 'persistent-chat-lab directory'
$script = Join-Path -Path $LabFolder -ChildPath 'directory.ps1'
$report = Join-Path -Path $LabFolder -ChildPath 'directory.txt'
$text = @'
$ErrorActionPreference = 'Stop'
try {
    Import-Module -Name SkypeForBusiness
    $changed = @()
    if ((Get-CsAdServerSchema) -ne 'SCHEMA_VERSION_STATE_CURRENT') { Install-CsAdServerSchema -Confirm:$false; $changed += 'schema' }
    if ((Get-CsAdForest) -ne 'LC_FORESTSETTINGS_STATE_READY') { Enable-CsAdForest -Confirm:$false; $changed += 'forest' }
    if ((Get-CsAdDomain) -ne 'LC_DOMAINSETTINGS_STATE_READY') { Enable-CsAdDomain -Confirm:$false; $changed += 'domain' }
    $lines = @('OK') + $changed
}
catch { $lines = @('FAILED', $_.Exception.Message) }
Set-Content -Path REPORT.part -Value $lines
Move-Item -Path REPORT.part -Destination REPORT
'@
if ((Test-Path -Path $report) -and (Get-Content -Path $report -TotalCount 1) -eq 'OK') {
    # It is done once for a forest. Another password in the configuration is not the one that the domain knows.
    Complete-Step -Script 'Initialize-SkypeDirectory'
    exit 0
}
if (Test-Path -Path $report) { Remove-Item -Path $report }
$text = $text.Replace('REPORT.part', "'$report.part'")
Set-Content -Path $script -Value $text.Replace('REPORT', "'$report'")

$credential = New-LabCredential -User "$AdminUser@$DomainName" -Encoded $AdminPasswordBase64
$action = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument "-NoProfile -ExecutionPolicy Bypass -File `"$script`""
$registration = @{
    TaskName = $task
    Action   = $action
    User     = $credential.UserName
    Password = $credential.GetNetworkCredential().Password
    RunLevel = 'Highest'
    Force    = $true
}
Register-ScheduledTask @registration | Out-Null
try {
    Start-ScheduledTask -TaskName $task
    Wait-For -What 'the preparation of the directory' -Minutes 40 -Condition { Test-Path -Path $report }
}
finally {
    Unregister-ScheduledTask -TaskName $task -Confirm:$false
}
$verdict, $details = Get-Content -Path $report
if ($verdict -ne 'OK') { throw "The directory was not prepared: $details" }
foreach ($detail in $details) { Add-LabChange -Text "prepared the $detail" }
Complete-Step -Script 'Initialize-SkypeDirectory'
