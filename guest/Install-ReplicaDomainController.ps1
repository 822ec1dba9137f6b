<#
.SYNOPSIS
    Makes this machine a further domain controller of the domain.
.DESCRIPTION
    Straight from the workgroup, with the credential of the domain's administrator, into the site of its data center. A failed
    promotion is tried again twice: the source may still be settling. Its DNS passes every question on to the first controller from the
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

if ((Get-CimInstance -ClassName Win32_ComputerSystem).DomainRole -lt 4) {
    Wait-For -What "$DomainName in DNS" -Minutes 30 -Condition {
        Resolve-DnsName -Name "_ldap._tcp.dc._msdcs.$DomainName" -Type SRV -DnsOnly
    }
    Install-WindowsFeature -Name 'AD-Domain-Services', 'DNS' -IncludeManagementTools | Out-Null
    # Members of this data center ask this machine first: until it has the zone, only the first controller can tell them of the domain.
    Set-DnsServerForwarder -IPAddress $SourceAddress -UseRootHint $false
    $replica = @{
        DomainName                    = $DomainName
        SiteName                      = $SiteName
        ReplicationSourceDC           = $SourceDomainController
        Credential                    = (New-LabCredential -User "$AdminUser@$DomainName" -Encoded $AdminPasswordBase64)
        InstallDns                    = $true
        DatabasePath                  = $DatabasePath
        LogPath                       = $DatabasePath
        SysvolPath                    = (Join-Path -Path (Split-Path -Path $DatabasePath -Parent) -ChildPath 'SYSVOL')
        SafeModeAdministratorPassword = (ConvertFrom-LabSecret -Encoded $AdminPasswordBase64)
        NoRebootOnCompletion          = $true
        Force                         = $true
    }
    foreach ($try in 1, 2, 3) {
        try {
            Install-ADDSDomainController @replica | Out-Null
            break
        }
        catch {
            Write-LabLog -Text "Promotion, try ${try}: $($_.Exception.Message)"
            if ($try -eq 3) { throw }
            Start-Sleep -Seconds 60
        }
    }
    Restart-AfterStep -Because 'further domain controller'
}
Complete-Step -Script 'Install-ReplicaDomainController'
