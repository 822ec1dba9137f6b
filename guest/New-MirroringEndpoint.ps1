<#
.SYNOPSIS
    Creates the endpoint through which this instance takes part in mirroring.
.DESCRIPTION
    An instance has one such endpoint for all its databases. The other parties' services are their machines' accounts on the network,
    so these get a login and may connect. The owner is set at creation: changing it later would drop these rights. Those that restore
    from this instance, or mirror it, administer it as well: they back it up and pair it when they are new.
.NOTES
    https://learn.microsoft.com/sql/database-engine/database-mirroring/set-up-login-accounts-database-mirroring-always-on-availability
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateSet('PARTNER', 'WITNESS')] [string] $Role,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[0-9]+$')] [string] $Port,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Accounts,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Administrators
)
. "$PSScriptRoot\shared\Prologue.ps1"
. "$PSScriptRoot\shared\Sql.ps1"

$login = 'SELECT principal_id FROM sys.server_principals WHERE name = @name'
$name = Get-LabSqlValue -Query 'SELECT name FROM sys.database_mirroring_endpoints'
if (-not $name) {
    $name = 'mirroring_endpoint'
    $create = "CREATE ENDPOINT [$name] AUTHORIZATION [sa] STATE = STARTED AS TCP (LISTENER_PORT = $Port, LISTENER_IP = ALL) " +
        "FOR DATABASE_MIRRORING (AUTHENTICATION = WINDOWS NEGOTIATE, ENCRYPTION = REQUIRED ALGORITHM AES, ROLE = $Role)"
    Invoke-LabSql -Query $create | Out-Null
    Add-LabChange -Text "endpoint $name as $Role on port $Port"
}
$connecting = @(ConvertFrom-LabList -Text $Accounts)
$administering = @(ConvertFrom-LabList -Text $Administrators)
# An account may have been made on a domain controller of the other data center a moment ago.
Wait-For -What "the accounts $Accounts, $Administrators" -Minutes 15 -Condition {
    foreach ($account in $connecting + $administering) {
        if (Get-LabSqlValue -Query $login -Parameters @{ name = $account }) { continue }
        Invoke-LabSql -Query "CREATE LOGIN $(ConvertTo-SqlName -Text $account) FROM WINDOWS" | Out-Null
        Add-LabChange -Text "login $account"
    }
    $true
}
$allowed = 'SELECT COUNT(*) FROM sys.server_permissions p JOIN sys.endpoints e ON e.endpoint_id = p.major_id WHERE p.class = 105 ' +
    "AND p.permission_name = 'CONNECT' AND e.name = @endpoint AND p.grantee_principal_id = (SELECT principal_id FROM sys.server_principals WHERE name = @name)"
foreach ($account in $connecting) {
    if ((Get-LabSqlValue -Query $allowed -Parameters @{ endpoint = $name; name = $account }) -gt 0) { continue }
    Invoke-LabSql -Query "GRANT CONNECT ON ENDPOINT::$(ConvertTo-SqlName -Text $name) TO $(ConvertTo-SqlName -Text $account)" | Out-Null
    Add-LabChange -Text "$account may connect"
}
foreach ($account in $administering) { Add-LabAdministrator -Account $account }
Complete-Step -Script 'New-MirroringEndpoint'
