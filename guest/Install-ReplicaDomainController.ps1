<#
.SYNOPSIS
    Makes this machine a further domain controller of the domain.
.DESCRIPTION
    Straight from the workgroup, with the credential of the domain's administrator, into the site of its data center. A failed
    promotion is tried again twice: the source may still be settling, and what a first try left of this controller in the directory, or
    an earlier machine of this name, is taken over. Its DNS passes every question on to the first controller from the
    moment that it answers at all: an empty server would say that the domain does not exist, and no client asks another one then.
.NOTES
    https://learn.microsoft.com/powershell/module/addsdeployment/install-addsdomaincontroller
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $DomainName,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $SiteName,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $SourceDomainController,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[0-9.]+$')] [string] $SourceAddress,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $DatabasePath,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $AdminUser,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $AdminPasswordBase64
)
. "$PSScriptRoot\shared\Prologue.ps1"

$controller = (Get-CimInstance -ClassName Win32_ComputerSystem).DomainRole -ge 4
if (-not $controller -and -not (Test-WindowsRestartMark)) {
    Wait-For -What "$DomainName in DNS" -Minutes 30 -Condition {
        Resolve-DnsName -Name "_ldap._tcp.dc._msdcs.$DomainName" -Type SRV -DnsOnly | Where-Object { $_.Section -eq 'Answer' }
    }
    Install-WindowsFeature -Name 'AD-Domain-Services', 'DNS' -IncludeManagementTools | Out-Null
    # Members of this data center ask this machine first: until it has the zone, only the first controller can tell them of the domain.
    Wait-For -What 'the DNS service to take its forwarder' -Minutes 5 -Condition {
        if ((Get-Service -Name 'DNS').Status -ne 'Running') { return $false }
        Set-DnsServerForwarder -IPAddress $SourceAddress -UseRootHint $false
        $true
    }
    $sysvol = Join-Path -Path (Split-Path -Path $DatabasePath -Parent) -ChildPath 'SYSVOL'
    $replica = @{
        DomainName                     = $DomainName
        SiteName                       = $SiteName
        ReplicationSourceDC            = $SourceDomainController
        Credential                     = (New-LabCredential -User "$AdminUser@$DomainName" -Encoded $AdminPasswordBase64)
        InstallDns                     = $true
        DatabasePath                   = $DatabasePath
        LogPath                        = $DatabasePath
        SysvolPath                     = $sysvol
        SafeModeAdministratorPassword  = (ConvertFrom-LabSecret -Encoded $AdminPasswordBase64)
        AllowDomainControllerReinstall = $true
        NoRebootOnCompletion           = $true
        Force                          = $true
    }
    Set-RestartMark -Because 'further domain controller'
    foreach ($try in 1, 2, 3) {
        try {
            foreach ($folder in $DatabasePath, $sysvol) { Move-LabLeftover -Path $folder }
            Install-ADDSDomainController @replica | Out-Null
            break
        }
        catch {
            Write-LabLog -Text "Promotion, try ${try}: $($_.Exception.Message)"
            # It got as far as a restart: https://github.com/ansible/ansible/issues/58234
            if (Test-WindowsRestartMark) { break }
            if ($try -eq 3) { throw }
            Start-Sleep -Seconds 60
        }
    }
}
if ((Test-RestartMark) -or (Test-WindowsRestartMark)) {
    Restart-AfterStep -Because 'further domain controller'
}
Complete-Step -Script 'Install-ReplicaDomainController'
