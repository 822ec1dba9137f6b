<#
.SYNOPSIS
    Says as JSON what holds in this data center, seen from its domain controller.
.DESCRIPTION
    The last step of a data center, after every machine has told of itself. It changes nothing. Fails when the directory does not
    replicate from the other controller, where one is named, SYSVOL or NETLOGON is not shared, this controller is in another site, or a planned machine has
    no account or no address in DNS.
.NOTES
    https://learn.microsoft.com/powershell/module/activedirectory/get-adreplicationfailure?view=windowsserver2019-ps
    https://msrc.microsoft.com/update-guide/vulnerability/CVE-2026-20833
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateSet('primary', 'secondary')] [string] $DataCenter,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $DomainName,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $SiteName,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $OtherController,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Machines
)
. "$PSScriptRoot\shared\Prologue.ps1"

$env:ADPS_LoadDefaultDrive = '0'
$wrong = @()
$here = Get-ADDomainController -Identity $env:COMPUTERNAME
if ($here.Site -ne $SiteName) { $wrong += "$env:COMPUTERNAME is in site $($here.Site), not $SiteName" }

# One failed attempt counts, and while the other controller restarts there may be one: it is asked again before it is a fault.
function Get-Failure {
    Get-ADReplicationFailure -Target $env:COMPUTERNAME | Where-Object { $_.FailureCount -gt 0 }
}
# No failure means nothing before there is a connection: the other controller must have been heard at least once.
function Get-Source {
    Get-ADReplicationPartnerMetadata -Target $env:COMPUTERNAME -PartnerType Inbound |
        Where-Object { "$($_.Partner)" -like "CN=NTDS Settings,CN=$OtherController,*" -and $_.LastReplicationSuccess }
}
if ($OtherController -ne 'none') {
    try {
        Wait-For -What "the directory to replicate from $OtherController" -Minutes 15 -Condition {
            if (@(Get-Failure).Count -eq 0 -and @(Get-Source).Count -gt 0) { return $true }
            & "$env:SystemRoot\System32\repadmin.exe" /syncall /AdeP | Out-Null
            return $false
        }
    }
    catch { $wrong += $_.Exception.Message }
}
$failures = @(Get-Failure)
if ($OtherController -ne 'none') {
    foreach ($failure in $failures) { $wrong += "no replication with $($failure.Partner) since $($failure.FirstFailureTime)" }
}

# Both controllers that were deallocated at once may each wait for the other's SYSVOL: docs/guest.md says how that ends.
$shared = @(Get-SmbShare -Name 'SYSVOL', 'NETLOGON' -ErrorAction SilentlyContinue)
if ($shared.Count -ne 2) { $wrong += "SYSVOL or NETLOGON is not shared on $env:COMPUTERNAME" }

# Machines that nobody has told of here, by account or by address.
function Get-Missing {
    Clear-DnsClientCache
    foreach ($name in ConvertFrom-LabList -Text $Machines) {
        $account = Get-ADComputer -Filter "Name -eq '$name'"
        $address = Resolve-DnsName -Name "$name.$DomainName" -Type A -DnsOnly -ErrorAction SilentlyContinue | Where-Object { $_.Section -eq 'Answer' }
        if (-not ($account -and $address)) { $name }
    }
}
try { Wait-For -What 'an account and an address of every machine' -Minutes 15 -Condition { @(Get-Missing).Count -eq 0 } }
catch { Write-LabLog -Text $_.Exception.Message }
$missing = @(Get-Missing)
if ($missing.Count -gt 0) { $wrong += "no account or no address of $($missing -join ', ')" }

# Since July 2026 controllers give no RC4 tickets to accounts that do not ask for them: who has no AES gets none. 24 is AES128 or AES256.
$filter = '(&(servicePrincipalName=*)(!(cn=krbtgt))(|(!(msDS-SupportedEncryptionTypes=*))(!(msDS-SupportedEncryptionTypes:1.2.840.113556.1.4.804:=24))))'
$withoutAes = @(Get-ADObject -LDAPFilter $filter | ForEach-Object { $_.Name })

$found = @{
    dataCenter          = $DataCenter
    controller          = $env:COMPUTERNAME
    site                = $here.Site
    machines            = @(ConvertFrom-LabList -Text $Machines).Count
    missing             = $missing
    replicationFailures = $failures.Count
    withoutAes          = $withoutAes
}
Write-LabHealth -Found $found -Wrong $wrong
Complete-Step -Script 'Confirm-DataCenter'
