<#
.SYNOPSIS
    Brings the data disks of this machine online as NTFS volumes.
.DESCRIPTION
    A disk is told by its LUN on an adapter other than 0, where generation 2 machines have their system disk, at LUN 0 as well. A disk
    that outlived its machine gets its letter back and keeps what is on it; a volume grows with its disk. New volumes get the allocation
    unit that SQL Server recommends.
.NOTES
    https://learn.microsoft.com/azure/virtual-machines/windows/attach-disk-ps
    https://github.com/kubernetes-sigs/azuredisk-csi-driver/pull/3038
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [ValidatePattern('^[0-9]+:[E-Z]:\w+:[0-9]+(,[0-9]+:[E-Z]:\w+:[0-9]+)*$')] [string] $Disks
)
. "$PSScriptRoot\shared\Prologue.ps1"

$gibibyte = 1073741824
$planned = @(foreach ($item in ConvertFrom-LabList -Text $Disks) {
    $lun, $letter, $label, $size = $item.Split(':')
    @{ Lun = $lun; Letter = $letter; Label = $label; Bytes = [long]$size * $gibibyte }
})

function Find-DataDisk {
    param([string] $Lun)
    Get-Disk | Where-Object { $_.Location -match "Adapter [1-9][0-9]* :.*LUN $Lun$" -and -not $_.IsBoot -and -not $_.IsSystem }
}

# The partition that holds data: a new disk has none, or only the one that Windows reserves.
function Find-DataPartition {
    param([int] $Number)
    Get-Partition -DiskNumber $Number -ErrorAction SilentlyContinue | Where-Object { $_.Type -eq 'Basic' }
}

function Test-Disk {
    Update-HostStorageCache
    foreach ($one in $planned) {
        $found = @(Find-DataDisk -Lun $one.Lun)
        if ($found.Count -ne 1 -or $found[0].Size -lt $one.Bytes) { return $false }
    }
    return $true
}

Wait-For -What "disks in their sizes: $Disks" -Minutes 10 -Condition { Test-Disk }
foreach ($one in $planned) {
    $disk = Find-DataDisk -Lun $one.Lun
    if ($disk.IsOffline) {
        Set-Disk -Number $disk.Number -IsOffline $false
        Add-LabChange -Text "LUN $($one.Lun) online"
    }
    if ($disk.IsReadOnly) {
        Set-Disk -Number $disk.Number -IsReadOnly $false
        Add-LabChange -Text "LUN $($one.Lun) writable"
    }
    if ($disk.PartitionStyle -eq 'RAW') { Initialize-Disk -Number $disk.Number -PartitionStyle GPT }
    # Windows gives disks that come back letters of its own choice, which may be the ones of their neighbours.
    foreach ($partition in Find-DataPartition -Number $disk.Number) {
        if ([char]::IsLetter($partition.DriveLetter) -and "$($partition.DriveLetter)" -ne $one.Letter) {
            Remove-PartitionAccessPath -DiskNumber $disk.Number -PartitionNumber $partition.PartitionNumber -AccessPath "$($partition.DriveLetter):\"
        }
    }
}
foreach ($one in $planned) {
    $disk = Find-DataDisk -Lun $one.Lun
    $partitions = @(Find-DataPartition -Number $disk.Number)
    if ($partitions.Count -gt 1) { throw "The disk of LUN $($one.Lun) has $($partitions.Count) partitions: it is not the lab's, and is left alone" }
    if ($partitions.Count -eq 0) {
        New-Partition -DiskNumber $disk.Number -DriveLetter $one.Letter -UseMaximumSize | Out-Null
    }
    elseif ("$($partitions[0].DriveLetter)" -ne $one.Letter) {
        Set-Partition -DiskNumber $disk.Number -PartitionNumber $partitions[0].PartitionNumber -NewDriveLetter $one.Letter
        Add-LabChange -Text "LUN $($one.Lun) is $($one.Letter): again"
    }
}
# A new partition may be read-only for some seconds:
# https://github.com/dsccommunity/StorageDsc/blob/main/source/DSCResources/DSC_Disk/DSC_Disk.psm1
Wait-For -What 'the volumes' -Minutes 5 -Condition {
    $letters = @($planned | ForEach-Object { $_['Letter'] })
    $writable = @(Get-Partition -DriveLetter $letters -ErrorAction SilentlyContinue | Where-Object { -not $_.IsReadOnly })
    $writable.Count -eq $letters.Count -and @(Get-Volume -DriveLetter $letters -ErrorAction SilentlyContinue).Count -eq $letters.Count
}
foreach ($one in $planned) {
    $volume = Get-Volume -DriveLetter $one.Letter
    if ($volume.FileSystemType -eq 'Unknown') {
        $format = @{ DriveLetter = $one.Letter; FileSystem = 'NTFS'; AllocationUnitSize = 65536; NewFileSystemLabel = $one.Label; Confirm = $false }
        Format-Volume @format | Out-Null
        Add-LabChange -Text "volume $($one.Letter): on LUN $($one.Lun)"
    }
    elseif ($volume.FileSystemType -ne 'NTFS') { throw "Volume $($one.Letter): is $($volume.FileSystemType), not NTFS: it is not the lab's, and is left alone" }
    $partition = Get-Partition -DriveLetter $one.Letter
    $most = (Get-PartitionSupportedSize -DriveLetter $one.Letter).SizeMax
    if ($most - $partition.Size -ge $gibibyte) {
        Resize-Partition -DriveLetter $one.Letter -Size $most
        Add-LabChange -Text "volume $($one.Letter): has $([Math]::Floor($most / $gibibyte)) GiB"
    }
}
Complete-Step -Script 'Initialize-DataDisks'
