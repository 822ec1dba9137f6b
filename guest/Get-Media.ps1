<#
.SYNOPSIS
    Fetches the installation media of Skype for Business, checks its hash and unpacks it.
.DESCRIPTION
    A mounted image would not survive a restart, hence the copy.
.NOTES
    https://learn.microsoft.com/powershell/module/storage/mount-diskimage?view=windowsserver2019-ps
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^https://[^?]+\.iso$')] [string] $Url,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[0-9a-fA-F]{64}$')] [string] $Sha256,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Identity,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Folder
)
. "$PSScriptRoot\shared\Prologue.ps1"
. "$PSScriptRoot\shared\Media.ps1"

$image = Join-Path -Path $Folder -ChildPath 'media.iso'
$unpacked = Join-Path -Path $Folder -ChildPath 'media'
$done = Join-Path -Path $Folder -ChildPath 'unpacked.txt'
Get-LabBlob -Url $Url -Hash $Sha256 -Identity $Identity -Path $image
if (-not (Test-Path -Path $done) -or (Get-Content -Path $done -TotalCount 1) -ne $Sha256) {
    $disk = Mount-DiskImage -ImagePath $image -PassThru
    try {
        Wait-For -What 'the volume of the image' -Minutes 5 -Condition { $disk | Get-Volume | Where-Object { $_.DriveLetter } }
        $volume = $disk | Get-Volume
        if (-not (Test-Path -Path $unpacked)) { New-Item -Path $unpacked -ItemType Directory | Out-Null }
        # The session may not know a drive that came after it: https://github.com/dsccommunity/StorageDsc
        Get-PSDrive | Out-Null
        Copy-Item -Path "$($volume.DriveLetter):\*" -Destination $unpacked -Recurse -Force
    }
    finally {
        Dismount-DiskImage -ImagePath $image | Out-Null
    }
    Set-Content -Path $done -Value $Sha256
    Add-LabChange -Text "media in $unpacked"
}
Complete-Step -Script 'Get-Media'
