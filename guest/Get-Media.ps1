<#
.SYNOPSIS
    Fetches the installation media of Skype for Business, checks its hash and unpacks it.
.DESCRIPTION
    The machine's managed identity reads the blob, so that no key is in a parameter. A mounted image would not survive a restart, hence
    the copy.
.NOTES
    https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token
    https://learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^https://[^?]+\.iso$')] [string] $Url,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[0-9a-fA-F]{64}$')] [string] $Sha256,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Identity,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Folder
)
. "$PSScriptRoot\shared\Prologue.ps1"

$image = Join-Path -Path $Folder -ChildPath 'media.iso'
$unpacked = Join-Path -Path $Folder -ChildPath 'media'
$done = Join-Path -Path $Folder -ChildPath 'unpacked.txt'
if (-not (Test-Path -Path $Folder)) { New-Item -Path $Folder -ItemType Directory | Out-Null }

function Test-Image {
    if (-not (Test-Path -Path $image)) { return $false }
    return ((Get-FileHash -Path $image -Algorithm SHA256).Hash -eq $Sha256)
}

if (-not (Test-Image)) {
    [System.Net.ServicePointManager]::SecurityProtocol = [System.Net.SecurityProtocolType]::Tls12
    $resource = [uri]::EscapeDataString('https://storage.azure.com/')
    $address = "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=$resource&msi_res_id=$([uri]::EscapeDataString($Identity))"
    $token = (Invoke-RestMethod -Uri $address -Headers @{ Metadata = 'true' } -UseBasicParsing).access_token
    $headers = @{ Authorization = "Bearer $token"; 'x-ms-version' = '2020-10-02' }
    Invoke-WebRequest -Uri $Url -Headers $headers -OutFile $image -UseBasicParsing
    if (-not (Test-Image)) { throw "The media at $Url does not have the hash $Sha256" }
    Add-LabChange -Text "media from $Url"
}
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
