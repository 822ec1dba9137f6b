<#
.SYNOPSIS
    Creates an SMB share for some computer accounts.
.DESCRIPTION
    Services run under virtual accounts, which are their machine's account on the network, so shares are opened to machines. They are
    listed one by one: a new member of a group is known to nobody before its machine restarts. On the host itself the services of SQL
    Server are local accounts and get their right in the file system.
.NOTES
    https://learn.microsoft.com/powershell/module/smbshare/new-smbshare
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $ShareName,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[E-Z]:\\')] [string] $Path,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Folders,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $ReadWrite,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $ReadOnly
)
. "$PSScriptRoot\shared\Prologue.ps1"

$wanted = @($Path) + @(ConvertFrom-LabList -Text $Folders | ForEach-Object { Join-Path -Path $Path -ChildPath $_ })
foreach ($folder in $wanted) {
    if (-not (Test-Path -Path $folder)) {
        New-Item -Path $folder -ItemType Directory | Out-Null
        Add-LabChange -Text "folder $folder"
    }
}
if (-not (Get-SmbShare -Name $ShareName -ErrorAction SilentlyContinue)) {
    $share = @{ Name = $ShareName; Path = $Path; FullAccess = 'BUILTIN\Administrators'; CachingMode = 'None'; EncryptData = $true }
    New-SmbShare @share | Out-Null
    Add-LabChange -Text "share $ShareName"
}

$writers = @(ConvertFrom-LabList -Text $ReadWrite)
$readers = @(ConvertFrom-LabList -Text $ReadOnly)
# An account may have been made on a domain controller of the other data center a moment ago.
Wait-For -What "the accounts $ReadWrite, $ReadOnly" -Minutes 15 -Condition {
    foreach ($account in $writers + $readers) {
        (New-Object -TypeName System.Security.Principal.NTAccount -ArgumentList $account).Translate([System.Security.Principal.SecurityIdentifier]) | Out-Null
    }
    $true
}

function Grant-Folder {
    param([string] $Account, [string] $Right)
    $list = Get-Acl -Path $Path
    foreach ($entry in $list.Access) {
        if ($entry.IdentityReference.Value -eq $Account -and "$($entry.FileSystemRights)" -match $Right) { return }
    }
    $name = New-Object -TypeName System.Security.Principal.NTAccount -ArgumentList $Account
    $rule = New-Object -TypeName System.Security.AccessControl.FileSystemAccessRule -ArgumentList $name, $Right, 'ContainerInherit,ObjectInherit', 'None', 'Allow'
    $list.AddAccessRule($rule)
    Set-Acl -Path $Path -AclObject $list
    Add-LabChange -Text "$Right in $Path for $Account"
}

function Grant-Share {
    param([string] $Account, [string] $Right)
    $held = @(Get-SmbShareAccess -Name $ShareName | Where-Object { $_.AccountName -eq $Account -and "$($_.AccessRight)" -eq $Right })
    if ($held.Count -gt 0) { return }
    Grant-SmbShareAccess -Name $ShareName -AccountName $Account -AccessRight $Right -Force | Out-Null
    Add-LabChange -Text "$Right on $ShareName for $Account"
}

foreach ($account in $writers) {
    Grant-Folder -Account $account -Right 'Modify'
    Grant-Share -Account $account -Right 'Change'
}
foreach ($account in $readers) {
    Grant-Folder -Account $account -Right 'ReadAndExecute'
    Grant-Share -Account $account -Right 'Read'
}
# Machines that are not planned any more lose what they had. Accounts of computers end with a dollar; others are not the lab's to judge.
$planned = $writers + $readers
foreach ($held in @(Get-SmbShareAccess -Name $ShareName | Where-Object { $_.AccountName -like '*\*$' -and $planned -notcontains $_.AccountName })) {
    Revoke-SmbShareAccess -Name $ShareName -AccountName $held.AccountName -Force | Out-Null
    Add-LabChange -Text "nothing on $ShareName for $($held.AccountName)"
}
$rights = Get-Acl -Path $Path
$former = @()
foreach ($entry in $rights.Access) {
    $account = $entry.IdentityReference
    if ($account.Value -like '*\*$' -and $planned -notcontains $account.Value) { $former += $account }
}
foreach ($account in $former) { $rights.PurgeAccessRules($account) }
if ($former.Count -gt 0) {
    Set-Acl -Path $Path -AclObject $rights
    Add-LabChange -Text "nothing in $Path for $($former.Count) former accounts"
}
foreach ($service in 'MSSQLSERVER', 'SQLSERVERAGENT') {
    if (Get-Service -Name $service -ErrorAction SilentlyContinue) { Grant-Folder -Account "NT SERVICE\$service" -Right 'Modify' }
}
Complete-Step -Script 'New-Share'
