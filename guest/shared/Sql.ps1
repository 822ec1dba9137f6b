# Shared by the guest scripts of SQL Server machines, after the prologue.

# A name or a text inside T-SQL, for statements that take no parameters.
function ConvertTo-SqlName {
    param([string] $Text)
    return '[' + $Text.Replace(']', ']]') + ']'
}

function ConvertTo-SqlText {
    param([string] $Text)
    return "N'" + $Text.Replace("'", "''") + "'"
}

# Always in master: a connection into a mirrored or restoring database fails. Other instances know this machine by its computer account.
function Invoke-LabSql {
    param([string] $Query, [hashtable] $Parameters = @{}, [string] $Server = 'localhost', [string] $ApplicationName = 'persistent-chat-lab')
    $builder = New-Object -TypeName System.Data.SqlClient.SqlConnectionStringBuilder
    $builder['Data Source'] = $Server
    $builder['Initial Catalog'] = 'master'
    $builder['Integrated Security'] = $true
    $builder['Application Name'] = $ApplicationName
    $builder['Connect Timeout'] = 15
    $connection = New-Object -TypeName System.Data.SqlClient.SqlConnection -ArgumentList $builder.ConnectionString
    try {
        $connection.Open()
        $command = $connection.CreateCommand()
        $command.CommandText = $Query
        $command.CommandTimeout = 0
        foreach ($name in $Parameters.Keys) { $command.Parameters.AddWithValue("@$name", $Parameters[$name]) | Out-Null }
        $table = New-Object -TypeName System.Data.DataTable
        $adapter = New-Object -TypeName System.Data.SqlClient.SqlDataAdapter -ArgumentList $command
        $adapter.Fill($table) | Out-Null
        return @($table.Rows)
    }
    finally {
        $connection.Dispose()
    }
}

# The first column of the first row, or $null.
function Get-LabSqlValue {
    param([string] $Query, [hashtable] $Parameters = @{}, [string] $Server = 'localhost')
    foreach ($row in Invoke-LabSql -Query $Query -Parameters $Parameters -Server $Server) {
        if ($row[0] -is [System.DBNull]) { return $null }
        return $row[0]
    }
    return $null
}

# Errors that are worth another try, with what SQL Server says of each: its own text asks for it, or a name, a right or a connection may
# be seconds late. https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors-1000-to-1999
$LabAgain = @{
    1404  = 'the database mirror is busy. Reissue the command later'
    1413  = 'Retry the command when the remote database is started'
    1418  = 'The server network address can not be reached or does not exist'
    1421  = 'The ALTER DATABASE command may have not completed. Retry the command'
    1426  = 'all three server instances must be interconnected, and the mirror database must be caught up. When these conditions are met, reissue the command'
    1428  = 'the responding server instance is not in a state to service the request'
    1431  = 'Reissue the command when at least one of the instances becomes available'
    1433  = 'All three server instances did not remain interconnected. Verify the status and when necessary repeat the command'
    1438  = 'This is a transient error hence retrying the request is likely to succeed'
    1447  = 'Start the partner and reissue the command'
    1456  = 'Verify that the server is connected, and try again'
    3023  = 'Backup and file manipulation operations must be serialized. Reissue the statement after the current operation is completed'
    3201  = 'Cannot open backup device'
    15401 = 'Windows NT user or group not found. Check the name again'
}
# Windows' numbers of a connection that could not be made or was broken, which SqlClient hands on as its own.
$LabNetworkErrors = @(-1, 2, 53, 121, 233, 258, 10053, 10054, 10060, 11001)

# SQL Server's number of an error; 0 where it comes from something else. An error of the network carries one of Windows inside.
function Get-LabSqlError {
    param([System.Management.Automation.ErrorRecord] $Record)
    $cause = $Record.Exception
    while ($cause) {
        if ($cause -is [System.Data.SqlClient.SqlException]) { return $cause.Number }
        $cause = $cause.InnerException
    }
    return 0
}

function Test-LabAgain {
    param([System.Management.Automation.ErrorRecord] $Record)
    $number = Get-LabSqlError -Record $Record
    return ($LabAgain.ContainsKey($number) -or $LabNetworkErrors -contains $number)
}

# How a database stands on an instance. All of it is empty where there is none, and Role, Session and Witness where it is not mirrored.
function Get-LabDatabase {
    param([string] $Database, [string] $Server = 'localhost')
    $query = @'
SELECT d.state_desc, d.recovery_model_desc, m.mirroring_role_desc, m.mirroring_state_desc, m.mirroring_witness_name, m.mirroring_witness_state_desc
FROM sys.databases d JOIN sys.database_mirroring m ON m.database_id = d.database_id WHERE d.name = @name
'@
    $found = @{ State = ''; Recovery = ''; Role = ''; Session = ''; Witness = ''; WitnessState = '' }
    foreach ($row in Invoke-LabSql -Query $query -Parameters @{ name = $Database } -Server $Server) {
        $found.State = "$($row.state_desc)"
        $found.Recovery = "$($row.recovery_model_desc)"
        $found.Role = "$($row.mirroring_role_desc)"
        $found.Session = "$($row.mirroring_state_desc)"
        $found.Witness = "$($row.mirroring_witness_name)"
        $found.WitnessState = "$($row.mirroring_witness_state_desc)"
    }
    return $found
}

# Members of the server role sysadmin, of which Windows groups can be some too.
function Test-LabAdministrator {
    param([string] $Account)
    $query = @'
SELECT COUNT(*) FROM sys.server_role_members r JOIN sys.server_principals m ON m.principal_id = r.member_principal_id
JOIN sys.server_principals s ON s.principal_id = r.role_principal_id WHERE s.name = N'sysadmin' AND m.name = @name
'@
    return ((Get-LabSqlValue -Query $query -Parameters @{ name = $Account }) -gt 0)
}

function Add-LabAdministrator {
    param([string] $Account)
    if (Test-LabAdministrator -Account $Account) { return }
    $login = ConvertTo-SqlName -Text $Account
    Invoke-LabSql -Query "IF SUSER_ID($(ConvertTo-SqlText -Text $Account)) IS NULL CREATE LOGIN $login FROM WINDOWS; ALTER SERVER ROLE sysadmin ADD MEMBER $login;" | Out-Null
    Add-LabChange -Text "$Account is sysadmin"
}

# A folder that SQL Server itself may write to.
function New-LabFolder {
    param([string] $Path)
    if (-not (Test-Path -Path $Path)) { New-Item -Path $Path -ItemType Directory | Out-Null }
    & "$env:SystemRoot\System32\icacls.exe" $Path /grant 'NT SERVICE\MSSQLSERVER:(OI)(CI)F' | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "icacls.exe ended with $LASTEXITCODE for $Path" }
}
