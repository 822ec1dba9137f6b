<#
.SYNOPSIS
    Makes this machine a member of the domain.
.DESCRIPTION
    The domain is probed, not slept for: name, then the ports of a controller, then the join itself, again if it fails. The restart
    that completes the join comes last, and starts services under the machine's new identity.
.NOTES
    https://learn.microsoft.com/powershell/module/microsoft.powershell.management/add-computer
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $DomainName,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $AdminUser,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $AdminPasswordBase64
)
. "$PSScriptRoot\shared\Prologue.ps1"

# The image of a machine that comes later may still be setting SQL Server up, which a restart would break off:
# https://github.com/microsoft/MCW-SQL-Server-hybrid-cloud/issues/19
if (Get-Service -Name 'MSSQLSERVER' -ErrorAction SilentlyContinue) {
    Wait-For -What 'the image to have set SQL Server up' -Minutes 15 -Times 2 -Condition {
        (Get-Service -Name 'MSSQLSERVER').Status -eq 'Running' -and -not (Get-Process -Name 'setup*' -ErrorAction SilentlyContinue)
    }
}
$system = Get-CimInstance -ClassName Win32_ComputerSystem
if (-not ($system.PartOfDomain -and $system.Domain -eq $DomainName)) {
    Wait-For -What "$DomainName in DNS" -Minutes 15 -Condition {
        Clear-DnsClientCache
        Resolve-DnsName -Name "_ldap._tcp.dc._msdcs.$DomainName" -Type SRV -DnsOnly | Where-Object { $_.Section -eq 'Answer' }
    }
    Wait-For -What "a domain controller of $DomainName" -Minutes 10 -Condition {
        & "$env:SystemRoot\System32\nltest.exe" "/dsgetdc:$DomainName" /force | Out-Null
        $LASTEXITCODE -eq 0
    }
    $credential = New-LabCredential -User "$AdminUser@$DomainName" -Encoded $AdminPasswordBase64
    Set-RestartMark -Because "member of $DomainName"
    Wait-For -What "the join to $DomainName" -Minutes 10 -Condition {
        if ((Get-CimInstance -ClassName Win32_ComputerSystem).PartOfDomain) { return $true }
        Add-Computer -DomainName $DomainName -Credential $credential -Force -WarningAction SilentlyContinue
        (Get-CimInstance -ClassName Win32_ComputerSystem).PartOfDomain
    }
}
# Also where an earlier run joined and was killed before it could ask for this.
if ((Test-RestartMark) -or (Test-WindowsRestartMark)) {
    Restart-AfterStep -Because "member of $DomainName"
}
Complete-Step -Script 'Join-Domain'
