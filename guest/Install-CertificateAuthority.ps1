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
if (-not (Get-Service -Name 'CertSvc' -ErrorAction SilentlyContinue)) {
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
Wait-For -What 'the certificate service' -Minutes 5 -Condition { (Get-Service -Name 'CertSvc').Status -eq 'Running' }
Complete-Step -Step 'certificate-authority'
