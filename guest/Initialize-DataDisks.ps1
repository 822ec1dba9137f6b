<#
.SYNOPSIS
    Brings the data disks of this machine online as NTFS volumes.
.DESCRIPTION
    Disks are found by their logical unit number, the one thing that Azure and Windows agree on. Only raw disks are touched.
    Blocks of 64 KB, as SQL Server recommends.
.NOTES
    https://learn.microsoft.com/azure/virtual-machines/windows/attach-managed-disk-portal
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[0-9]+:[E-Z]:\w+(,[0-9]+:[E-Z]:\w+)*$')] [string] $Disks
)
. "$PSScriptRoot\shared\Prologue.ps1"

foreach ($item in ConvertFrom-LabList -Text $Disks) {
    $lun, $letter, $label = $item.Split(':')
    Wait-For -What "the disk of LUN $lun" -Minutes 5 -Condition { @(Get-Disk | Where-Object { $_.Location -match "LUN $lun$" }).Count -eq 1 }
    $disk = Get-Disk | Where-Object { $_.Location -match "LUN $lun$" }
    if ($disk.PartitionStyle -eq 'RAW') { Initialize-Disk -Number $disk.Number -PartitionStyle GPT }
    $partitions = @(Get-Partition -DiskNumber $disk.Number -ErrorAction SilentlyContinue | Where-Object { $_.DriveLetter -eq $letter })
    if ($partitions.Count -eq 0) { New-Partition -DiskNumber $disk.Number -DriveLetter $letter -UseMaximumSize | Out-Null }
    if ((Get-Volume -DriveLetter $letter).FileSystemType -ne 'NTFS') {
        $volume = @{ DriveLetter = $letter; FileSystem = 'NTFS'; AllocationUnitSize = 65536; NewFileSystemLabel = $label; Confirm = $false }
        Format-Volume @volume | Out-Null
        Add-LabChange -Text "volume ${letter}: on LUN $lun"
    }
}
Complete-Step -Step 'data-disks'
