# Shared by all guest scripts; a run command hands a machine one text, so this file replaces the line that loads it.
Set-StrictMode -Version Latest
# Functions of modules look at the global preference only: https://github.com/PowerShell/PowerShell/issues/4568
$global:ErrorActionPreference = 'Stop'
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$LabFolder = Join-Path -Path $env:ProgramData -ChildPath 'persistent-chat-lab'
$BootMarker = Join-Path -Path $LabFolder -ChildPath 'restart.txt'
$script:LabChanges = New-Object -TypeName 'System.Collections.Generic.List[string]'
New-Item -Path $LabFolder -ItemType Directory -Force | Out-Null

# Any error ends the script with one line that says why, and an exit code that makes the deployment fail.
trap {
    $reason = $_.Exception.Message -replace '\s+', ' '
    Write-LabLog -Text "FAILED: $reason"
    [Console]::Error.WriteLine($reason)
    exit 1
}

function Write-LabLog {
    param([string] $Text)
    $line = '{0:u} {1}' -f (Get-Date).ToUniversalTime(), $Text
    # Steps of one machine may run at once; a line that another one's line was in the way of is not worth a failure.
    Add-Content -Path (Join-Path -Path $LabFolder -ChildPath 'guest.log') -Value $line -ErrorAction SilentlyContinue
}

# Says what was changed; never call it with a secret.
function Add-LabChange {
    param([string] $Text)
    $script:LabChanges.Add($Text)
    Write-LabLog -Text $Text
}

# The last act of a script: one line of JSON with its own name, short enough for Azure to keep it.
function Complete-Step {
    param([string] $Script)
    $result = @{ script = $Script; changed = ($script:LabChanges.Count -gt 0); changes = @($script:LabChanges | Select-Object -First 20) }
    Write-Output -InputObject (ConvertTo-Json -InputObject $result -Compress)
}

# What holds, as one line of JSON in the output and in a file; a failure where something is wrong.
function Write-LabHealth {
    param([hashtable] $Found, [string[]] $Wrong)
    $Found.wrong = @($Wrong)
    $json = ConvertTo-Json -InputObject $Found -Depth 4 -Compress
    Set-Content -Path (Join-Path -Path $LabFolder -ChildPath 'health.json') -Value $json
    Write-Output -InputObject $json
    if ($Wrong.Count -gt 0) { throw ($Wrong -join '; ') }
}

# Until a condition holds; with -Times, as often in a row. The test of guest steps adds up the minutes: no step's limit may be shorter.
function Wait-For {
    param([string] $What, [int] $Minutes, [scriptblock] $Condition, [int] $Times = 1)
    $deadline = (Get-Date).AddMinutes($Minutes)
    $streak = 0
    while ($true) {
        $holds = $false
        try { $holds = [bool](& $Condition) } catch { Write-LabLog -Text "Waiting for ${What}: $($_.Exception.Message)" }
        $streak = if ($holds) { $streak + 1 } else { 0 }
        if ($streak -ge $Times) { return }
        if ((Get-Date) -gt $deadline) { throw "Waited $Minutes minutes in vain for $What" }
        Start-Sleep -Seconds 10
    }
}

function Get-BootTime {
    return (Get-CimInstance -ClassName Win32_OperatingSystem).LastBootUpTime.ToUniversalTime()
}

# Says that a restart is wanted, before the act that wants it: a run after one that was killed in between finds the mark.
function Set-RestartMark {
    param([string] $Because)
    Set-Content -Path $BootMarker -Value $Because
}

# Whether a restart was wanted and has not happened. A boot is newer when it is later than the mark: Windows takes its boot time from the
# clock, so corrections of the clock move it without any restart.
function Test-RestartMark {
    if (-not (Test-Path -Path $BootMarker)) { return $false }
    return ((Get-BootTime) -le (Get-Item -Path $BootMarker).LastWriteTimeUtc)
}

# Windows' own marks of a promotion and of a join that wait for a restart:
# https://github.com/dsccommunity/ActiveDirectoryDsc/blob/main/source/DSCResources/MSFT_ADDomain/MSFT_ADDomain.psm1
# https://github.com/puppetlabs/puppetlabs-reboot/pull/179
function Test-WindowsRestartMark {
    $netlogon = 'HKLM:\SYSTEM\CurrentControlSet\Services\Netlogon'
    return (@("$netlogon\Parameters\LocatorDCPromoPreRebootHint", "$netlogon\JoinDomain", "$netlogon\AvoidSpnSet" | Where-Object { Test-Path -Path $_ }).Count -gt 0)
}

# Restarts the machine after this script has ended. Azure's agent needs a second to report the end; the sooner the machine goes down after
# that, the less likely it starts another script in the system that is going down.
function Restart-AfterStep {
    param([string] $Because)
    Set-RestartMark -Because $Because
    Add-LabChange -Text "restart: $Because"
    & "$env:SystemRoot\System32\shutdown.exe" /r /t 5 /f /d p:4:2 /c $Because
    if ($LASTEXITCODE -ne 0) { throw "shutdown.exe ended with $LASTEXITCODE" }
}

# For the first script after a restart: Azure's agent may start it while the old system is still going down. The log tells of the new boot,
# so that an answer which Azure gave for a script that was lost shows.
function Wait-NewerBoot {
    Wait-For -What 'the restart that an earlier step asked for' -Minutes 25 -Condition { -not (Test-RestartMark) }
    if (-not (Test-Path -Path $BootMarker)) { return }
    Write-LabLog -Text "back since $('{0:u}' -f (Get-BootTime)) from: $(Get-Content -Path $BootMarker -TotalCount 1 -ErrorAction SilentlyContinue)"
    # Another step of this machine may have removed it a moment ago.
    Remove-Item -Path $BootMarker -ErrorAction SilentlyContinue
}

# For scripts on members: the restart is over and the domain trusts this machine.
function Wait-Membership {
    param([string] $DomainName)
    Wait-NewerBoot
    Wait-For -What "membership in $DomainName" -Minutes 20 -Condition { Test-ComputerSecureChannel }
}

function ConvertFrom-LabList {
    param([string] $Text)
    if ($Text -eq 'none') { return @() }
    return @($Text.Split(','))
}

function ConvertFrom-LabSecret {
    param([string] $Encoded)
    $text = [System.Text.Encoding]::UTF8.GetString([System.Convert]::FromBase64String($Encoded))
    return (ConvertTo-SecureString -String $text -AsPlainText -Force)
}

function New-LabCredential {
    param([string] $User, [string] $Encoded)
    $secret = ConvertFrom-LabSecret -Encoded $Encoded
    return (New-Object -TypeName System.Management.Automation.PSCredential -ArgumentList $User, $secret)
}

# A value in the registry, or $null where there is none.
function Get-LabRegistryValue {
    param([string] $Path, [string] $Name)
    if (-not (Test-Path -Path $Path)) { return $null }
    return (Get-Item -Path $Path).GetValue($Name)
}

# What an earlier machine left on a disk is kept under another name, never written over.
function Move-LabLeftover {
    param([string] $Path)
    if (-not (Test-Path -Path $Path)) { return }
    $kept = "$Path.before-$((Get-Date).ToUniversalTime().ToString('yyyyMMddHHmmss'))"
    Move-Item -Path $Path -Destination $kept
    Add-LabChange -Text "$Path of an earlier machine kept as $kept"
}
