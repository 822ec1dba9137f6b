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
else {
    # Made by somebody else, or stopped: partners of other ports or algorithms do not find each other (error 1418).
    $held = 'SELECT e.state_desc, e.role_desc, t.port FROM sys.database_mirroring_endpoints e JOIN sys.tcp_endpoints t ON t.endpoint_id = e.endpoint_id'
    foreach ($row in Invoke-LabSql -Query $held) {
        if ("$($row.port)" -ne $Port -or @($Role, 'ALL') -notcontains $row.role_desc) { throw "The endpoint $name is $($row.role_desc) on port $($row.port), not $Role on ${Port}: it is not the lab's. Drop it, and run this step again" }
        if ($row.state_desc -ne 'STARTED') {
            Invoke-LabSql -Query "ALTER ENDPOINT $(ConvertTo-SqlName -Text $name) STATE = STARTED" | Out-Null
            Add-LabChange -Text "endpoint $name started"
        }
    }
}
$connecting = @(ConvertFrom-LabList -Text $Accounts)
$administering = @(ConvertFrom-LabList -Text $Administrators)
$allowed = 'SELECT COUNT(*) FROM sys.server_permissions p JOIN sys.endpoints e ON e.endpoint_id = p.major_id WHERE p.class = 105 ' +
    "AND p.permission_name = 'CONNECT' AND e.name = @endpoint AND p.grantee_principal_id = (SELECT principal_id FROM sys.server_principals WHERE name = @name)"
# An account may have been made on a domain controller of the other data center a moment ago, and a first grant to it may fail:
# https://github.com/dsccommunity/SqlServerDsc/issues/1176
Wait-For -What "the accounts $Accounts, $Administrators" -Minutes 15 -Condition {
    foreach ($account in $connecting + $administering) {
        if (Get-LabSqlValue -Query $login -Parameters @{ name = $account }) { continue }
        Invoke-LabSql -Query "CREATE LOGIN $(ConvertTo-SqlName -Text $account) FROM WINDOWS" | Out-Null
        Add-LabChange -Text "login $account"
    }
    foreach ($account in $connecting) {
        if ((Get-LabSqlValue -Query $allowed -Parameters @{ endpoint = $name; name = $account }) -gt 0) { continue }
        Invoke-LabSql -Query "GRANT CONNECT ON ENDPOINT::$(ConvertTo-SqlName -Text $name) TO $(ConvertTo-SqlName -Text $account)" | Out-Null
        Add-LabChange -Text "$account may connect"
    }
    foreach ($account in $administering) { Add-LabAdministrator -Account $account }
    $true
}
Complete-Step -Script 'New-MirroringEndpoint'
