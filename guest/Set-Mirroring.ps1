<#
.SYNOPSIS
    Mirrors a database that its partner serves, and names the witness.
.DESCRIPTION
    Runs on both partners, on the mirror first. A machine without its half of the session gets a new backup of the database from its
    partner, while log shipping pauses, and becomes the mirror: when the lab is built, and again after the machine was replaced.
    Persistent Chat supports the synchronous mode only, which is what a new session has. Done when both copies agree and, where there
    is one, the witness answers, whichever of the two is the principal.
.NOTES
    https://learn.microsoft.com/sql/database-engine/database-mirroring/database-mirroring-establishing-session-windows-authentication
    https://learn.microsoft.com/sql/database-engine/database-mirroring/add-or-replace-a-database-mirroring-witness-sql-server-management-studio
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateSet('mgc', 'mgccomp')] [string] $Database,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Folder,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^TCP://')] [string] $Address,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^TCP://')] [string] $Partner,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^(none|TCP://.+)$')] [string] $Witness,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidateSet('primary', 'secondary')] [string] $ServedFrom
)
. "$PSScriptRoot\shared\Prologue.ps1"
. "$PSScriptRoot\shared\Sql.ps1"
. "$PSScriptRoot\shared\DatabaseSet.ps1"
if ($ServedFrom -eq 'secondary') {
    Write-LabLog -Text "$Database is served from the secondary data center: nothing is made here until it is back"
    Complete-Step -Script 'Set-Mirroring'
    exit 0
}

$name = ConvertTo-SqlName -Text $Database
$other = ([uri]$Partner).Host
$backups = "LSBackup_$Database"
Wait-For -What "an answer of $other" -Minutes 5 -Condition { Invoke-LabSql -Query 'SELECT 1' -Server $other }
$here = Get-LabDatabase -Database $Database
$there = Get-LabDatabase -Database $Database -Server $other
if ($here.Role -eq 'MIRROR' -and -not $there.Role -and $there.State -eq 'ONLINE') {
    # The partner is a new machine that knows nothing of this mirroring, or a run of this script ended half-way.
    Invoke-LabSql -Query "ALTER DATABASE $name SET PARTNER OFF" | Out-Null
    Add-LabChange -Text "half a session of $Database ended"
    $here = Get-LabDatabase -Database $Database
}
if (-not $here.Role) {
    if ($here.State -eq 'ONLINE') { throw "$Database is served here and $other is not its mirror yet: run the mirroring step of $other once more, then this one" }
    if ($there.State -ne 'ONLINE') { throw "$other does not serve $Database (it is '$($there.State)' there), and this machine has nothing to mirror" }
    # A log backup before the pairing would have to be restored here as well.
    Set-LabShipping -Job $backups -Server $other -Enabled 0
    try {
        if ($there.Role) { Invoke-LabSql -Query "ALTER DATABASE $name SET PARTNER OFF" -Server $other | Out-Null }
        Copy-LabDatabase -Database $Database -From $other -Folder $Folder -WithLog
        # The mirror speaks first, the principal second.
        Invoke-LabContact -Query "ALTER DATABASE $name SET PARTNER = $(ConvertTo-SqlText -Text $Partner)" -Minutes 5
        Invoke-LabContact -Query "ALTER DATABASE $name SET PARTNER = $(ConvertTo-SqlText -Text $Address)" -Minutes 5 -Server $other
    }
    finally { Set-LabShipping -Job $backups -Server $other -Enabled 1 }
    Add-LabChange -Text "$Database mirrors $other"
}
# Also where an earlier run was killed while it had them stopped.
Set-LabShipping -Job $backups -Server $other -Enabled 1
Wait-For -What "both copies of $Database to agree" -Minutes 12 -Condition { (Get-LabDatabase -Database $Database).Session -eq 'SYNCHRONIZED' }
$principal = Find-LabPrincipal -Database $Database -Servers 'localhost', $other
if ($principal -ne 'localhost') { Copy-LabLogin -Database $Database -From $principal }
$held = (Get-LabDatabase -Database $Database -Server $principal).Witness
if ($Witness -eq 'none') {
    if ($held) {
        Invoke-LabSql -Query "ALTER DATABASE $name SET WITNESS OFF" -Server $principal | Out-Null
        Add-LabChange -Text "no witness for $Database"
    }
}
else {
    if ($held -eq $Witness) {
        try { Wait-For -What "the witness $Witness" -Minutes 2 -Condition { (Get-LabDatabase -Database $Database -Server $principal).WitnessState -eq 'CONNECTED' } }
        catch {
            # A witness that was made again knows nothing of the session: it is named anew.
            Invoke-LabSql -Query "ALTER DATABASE $name SET WITNESS OFF" -Server $principal | Out-Null
            Add-LabChange -Text "witness $Witness taken off $Database"
            $held = ''
        }
    }
    if ($held -ne $Witness) {
        Invoke-LabContact -Query "ALTER DATABASE $name SET WITNESS = $(ConvertTo-SqlText -Text $Witness)" -Minutes 5 -Server $principal
        Add-LabChange -Text "witness $Witness for $Database"
    }
    Wait-For -What "the witness $Witness" -Minutes 10 -Condition { (Get-LabDatabase -Database $Database -Server $principal).WitnessState -eq 'CONNECTED' }
}
Complete-Step -Script 'Set-Mirroring'
