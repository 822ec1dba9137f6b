<#
.SYNOPSIS
    Makes this machine the enterprise certificate authority of the domain.
.DESCRIPTION
    Skype for Business needs certificates of one authority on all its servers. Configuring it takes an enterprise administrator, which
    SYSTEM is not.
.NOTES
    https://learn.microsoft.com/powershell/module/adcsdeployment/install-adcscertificationauthority
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $DomainName,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $CommonName,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $AdminUser,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $AdminPasswordBase64
)
. "$PSScriptRoot\shared\Prologue.ps1"

if (-not (Get-WindowsFeature -Name 'ADCS-Cert-Authority').Installed) {
    Install-WindowsFeature -Name 'ADCS-Cert-Authority' -IncludeManagementTools | Out-Null
    Add-LabChange -Text 'feature ADCS-Cert-Authority'
}
# The service may be there before the authority is: its configuration names the authority once it is set up [inferred].
if (-not (Get-LabRegistryValue -Path 'HKLM:\SYSTEM\CurrentControlSet\Services\CertSvc\Configuration' -Name 'Active')) {
    $authority = @{
        CAType              = 'EnterpriseRootCA'
        CACommonName        = $CommonName
        KeyLength           = 2048
        HashAlgorithmName   = 'SHA256'
        ValidityPeriod      = 'Years'
        ValidityPeriodUnits = 5
        Credential          = (New-LabCredential -User "$AdminUser@$DomainName" -Encoded $AdminPasswordBase64)
        Force               = $true
    }
    Install-AdcsCertificationAuthority @authority | Out-Null
    Add-LabChange -Text "authority $CommonName"
}
if ((Get-Service -Name 'CertSvc').Status -eq 'Stopped') {
    Start-Service -Name 'CertSvc'
    Add-LabChange -Text 'authority started'
}
Wait-For -What "an answer of the authority $CommonName" -Minutes 5 -Condition {
    & "$env:SystemRoot\System32\certutil.exe" -ping | Out-Null
    $LASTEXITCODE -eq 0
}
Complete-Step -Script 'Install-CertificateAuthority'
