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

$system = Get-CimInstance -ClassName Win32_ComputerSystem
if (-not ($system.PartOfDomain -and $system.Domain -eq $DomainName)) {
    Wait-For -What "$DomainName in DNS" -Minutes 15 -Condition {
        Clear-DnsClientCache
        Resolve-DnsName -Name "_ldap._tcp.dc._msdcs.$DomainName" -Type SRV -DnsOnly
    }
    Wait-For -What "a domain controller of $DomainName" -Minutes 10 -Condition {
        & "$env:SystemRoot\System32\nltest.exe" "/dsgetdc:$DomainName" /force | Out-Null
        $LASTEXITCODE -eq 0
    }
    $credential = New-LabCredential -User "$AdminUser@$DomainName" -Encoded $AdminPasswordBase64
    Wait-For -What "the join to $DomainName" -Minutes 10 -Condition {
        Add-Computer -DomainName $DomainName -Credential $credential -Force -WarningAction SilentlyContinue
        (Get-CimInstance -ClassName Win32_ComputerSystem).PartOfDomain
    }
    Restart-AfterStep -Because "member of $DomainName"
}
Complete-Step -Script 'Join-Domain'
