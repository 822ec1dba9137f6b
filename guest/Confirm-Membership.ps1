<#
.SYNOPSIS
    Waits until this machine is back from its join, and is known by name wherever somebody asks.
.DESCRIPTION
    The join ends with a restart that is only asked for, and a machine registers its address afterwards. Whoever needs this machine by
    name comes after this step, which asks both domain controllers; one that is not there yet gets the name with its first replication.
    Message Queuing, which was installed before the join, sees it by itself; what an earlier machine of this name left of it in the
    directory is told here.
.NOTES
    https://github.com/Azure/azure-powershell/issues/1316
    https://learn.microsoft.com/powershell/module/dnsclient/register-dnsclient
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $DomainName,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[0-9.]+$')] [string] $Address,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[0-9.]+(,[0-9.]+)*$')] [string] $Controllers
)
. "$PSScriptRoot\shared\Prologue.ps1"

Wait-Membership -DomainName $DomainName
$name = "$env:COMPUTERNAME.$DomainName"

# Whether a controller names this machine, or serves no domain yet.
function Test-Name {
    param([string] $Controller)
    Clear-DnsClientCache
    $answers = @(Resolve-DnsName -Name $name -Type A -DnsOnly -Server $Controller -ErrorAction SilentlyContinue | Where-Object { $_.Section -eq 'Answer' })
    if (@($answers | Where-Object { $_.IPAddress -eq $Address }).Count -gt 0) { return $true }
    $domain = @(Resolve-DnsName -Name $DomainName -Type SOA -DnsOnly -Server $Controller -ErrorAction SilentlyContinue)
    if ($domain.Count -eq 0) {
        Write-LabLog -Text "$Controller serves no domain yet"
        return $true
    }
    return $false
}

Wait-For -What "$name in the DNS of $Controllers" -Minutes 30 -Condition {
    $missing = @(ConvertFrom-LabList -Text $Controllers | Where-Object { -not (Test-Name -Controller $_) })
    if ($missing.Count -eq 0) { return $true }
    Write-LabLog -Text "Not yet known to $($missing -join ', ')"
    Register-DnsClient
    return $false
}
if (Get-Service -Name 'MSMQ' -ErrorAction SilentlyContinue) {
    $stale = @(Get-WinEvent -FilterHashtable @{ LogName = 'Application'; ProviderName = 'MSMQ'; Id = 2164; StartTime = (Get-BootTime) } -ErrorAction SilentlyContinue)
    if ($stale.Count -gt 0) { throw "The directory has Message Queuing's object of an earlier ${env:COMPUTERNAME} (event 2164): on a domain controller, Get-ADObject 'CN=msmq,<DN of the computer>' and Remove-ADObject; then start the service MSMQ anew here" }
}
Complete-Step -Script 'Confirm-Membership'
