# What the user brings along, and how it is installed. Loaded after the prologue.

# The machine's managed identity reads the blob, so that no key is in a parameter. Sources:
# https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token
# https://learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory
function Get-LabBlob {
    param([string] $Url, [string] $Hash, [string] $Identity, [string] $Path)
    if (Test-LabHash -Path $Path -Hash $Hash) { return }
    $folder = Split-Path -Path $Path -Parent
    if (-not (Test-Path -Path $folder)) { New-Item -Path $folder -ItemType Directory | Out-Null }
    [System.Net.ServicePointManager]::SecurityProtocol = [System.Net.SecurityProtocolType]::Tls12
    $resource = [uri]::EscapeDataString('https://storage.azure.com/')
    $address = "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=$resource&msi_res_id=$([uri]::EscapeDataString($Identity))"
    $token = (Invoke-RestMethod -Uri $address -Headers @{ Metadata = 'true' } -UseBasicParsing).access_token
    $headers = @{ Authorization = "Bearer $token"; 'x-ms-version' = '2020-10-02' }
    Invoke-WebRequest -Uri $Url -Headers $headers -OutFile $Path -UseBasicParsing
    if (-not (Test-LabHash -Path $Path -Hash $Hash)) { throw "The file at $Url does not have the hash $Hash" }
    Add-LabChange -Text "fetched $Url"
}

function Test-LabHash {
    param([string] $Path, [string] $Hash)
    if (-not (Test-Path -Path $Path)) { return $false }
    return ((Get-FileHash -Path $Path -Algorithm SHA256).Hash -eq $Hash)
}

# Installs a file of the Windows Installer, or runs a setup program.
function Install-LabPackage {
    param([string] $Path, [string[]] $Options)
    $program, $line = if ($Path.EndsWith('.msi')) { "$env:SystemRoot\System32\msiexec.exe", (@('/i', "`"$Path`"", '/qn', '/norestart', 'REBOOT=ReallySuppress') + $Options) } else { $Path, $Options }
    $file = Split-Path -Path $Path -Leaf
    $outcome = @{ Code = 1618 }
    # 1618 says that another installation is under way.
    Wait-For -What "an end of the installation before $file" -Minutes 3 -Condition {
        $process = Start-Process -FilePath $program -ArgumentList $line -Wait -PassThru
        $outcome.Code = $process.ExitCode
        $outcome.Code -ne 1618
    }
    # 3010 asks for a restart, 1638 says that a newer version is there.
    if (@(0, 3010, 1638) -notcontains $outcome.Code) { throw "$file ended with $($outcome.Code)" }
    Add-LabChange -Text "installed $file"
}

# The version that Windows lists a program with; nothing where it is not installed.
function Get-LabProgramVersion {
    param([string] $Name)
    $listed = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall'
    foreach ($key in Get-ChildItem -Path $listed) {
        if ("$($key.GetValue('DisplayName'))" -like $Name) { return [version] $key.GetValue('DisplayVersion') }
    }
    return $null
}
