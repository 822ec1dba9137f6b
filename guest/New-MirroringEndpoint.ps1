<#
.SYNOPSIS
    Creates the endpoint through which this instance takes part in mirroring.
.DESCRIPTION
    An instance has one such endpoint for all its databases. The other parties' services are their machines' accounts on the network,
    so these get a login and may connect. The owner is set at creation: changing it later would drop these rights.
.NOTES
    https://learn.microsoft.com/sql/database-engine/database-mirroring/set-up-login-accounts-database-mirroring-always-on-availability
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateSet('PARTNER', 'WITNESS')] [string] $Role,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[0-9]+$')] [string] $Port,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Accounts
)
. "$PSScriptRoot\shared\Prologue.ps1"

$name = Get-LabSqlValue -Query 'SELECT name FROM sys.database_mirroring_endpoints'
if (-not $name) {
    $name = 'mirroring_endpoint'
    $create = "CREATE ENDPOINT [$name] AUTHORIZATION [sa] STATE = STARTED AS TCP (LISTENER_PORT = $Port, LISTENER_IP = ALL) " +
        "FOR DATABASE_MIRRORING (AUTHENTICATION = WINDOWS NEGOTIATE, ENCRYPTION = REQUIRED ALGORITHM AES, ROLE = $Role)"
    Invoke-LabSql -Query $create | Out-Null
    Add-LabChange -Text "endpoint $name as $Role on port $Port"
}
$allowed = 'SELECT COUNT(*) FROM sys.server_permissions p JOIN sys.endpoints e ON e.endpoint_id = p.major_id ' +
    "WHERE p.class = 105 AND p.permission_name = 'CONNECT' AND e.name = @endpoint AND p.grantee_principal_id = SUSER_ID_PRINCIPAL"
foreach ($account in ConvertFrom-LabList -Text $Accounts) {
    $login = ConvertTo-SqlName -Text $account
    if (-not (Get-LabSqlValue -Query 'SELECT principal_id FROM sys.server_principals WHERE name = @name' -Parameters @{ name = $account })) {
        Wait-For -What "the account $account" -Minutes 15 -Condition {
            Invoke-LabSql -Query "CREATE LOGIN $login FROM WINDOWS" | Out-Null
            $true
        }
        Add-LabChange -Text "login $account"
    }
    $query = $allowed.Replace('SUSER_ID_PRINCIPAL', '(SELECT principal_id FROM sys.server_principals WHERE name = @name)')
    if ((Get-LabSqlValue -Query $query -Parameters @{ endpoint = $name; name = $account }) -eq 0) {
        Invoke-LabSql -Query "GRANT CONNECT ON ENDPOINT::$(ConvertTo-SqlName -Text $name) TO $login" | Out-Null
        Add-LabChange -Text "$account may connect"
    }
}
Complete-Step -Step 'mirroring-endpoint'
