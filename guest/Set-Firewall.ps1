<#
.SYNOPSIS
    Opens the Windows firewall for the planned traffic of this machine.
.DESCRIPTION
    One rule for each flow, restricted to the addresses that it comes from, in a group of their own. Rules of that group that are no
    longer planned are removed. The network security groups of Azure say the same a second time.
.NOTES
    https://learn.microsoft.com/powershell/module/netsecurity/new-netfirewallrule
    Not yet run on Windows.
#>
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Rules
)
. "$PSScriptRoot\shared\Prologue.ps1"

# Windows gives a range back with a mask: 10.1.0.0/255.255.255.192.
function ConvertTo-Prefix {
    param([string] $Range)
    $address, $mask = $Range.Split('/')
    if (-not $mask -or -not $mask.Contains('.')) { return $Range }
    $bits = ($mask.Split('.') | ForEach-Object { [System.Convert]::ToString([int]$_, 2) }) -join ''
    return "$address/$($bits.Replace('0', '').Length)"
}

$group = 'persistent-chat-lab'
$planned = @{}
foreach ($item in ConvertFrom-LabList -Text $Rules) {
    $name, $protocol, $ports, $sources = $item.Split(':')
    $planned[$name] = @{ Protocol = $protocol; Ports = @($ports.Split('+')); Sources = @($sources.Split('+')) }
}
foreach ($rule in @(Get-NetFirewallRule -Group $group -ErrorAction SilentlyContinue)) {
    if (-not $planned.ContainsKey($rule.DisplayName)) {
        Remove-NetFirewallRule -Name $rule.Name
        Add-LabChange -Text "removed rule $($rule.DisplayName)"
    }
}
foreach ($name in $planned.Keys) {
    $wanted = $planned[$name]
    $rule = Get-NetFirewallRule -DisplayName $name -ErrorAction SilentlyContinue
    $filter = @{ Direction = 'Inbound'; Action = 'Allow'; Protocol = $wanted.Protocol; RemoteAddress = $wanted.Sources }
    if ($wanted.Protocol -ne 'Any') { $filter['LocalPort'] = $wanted.Ports }
    if ($rule) {
        $filters = Get-NetFirewallPortFilter -AssociatedNetFirewallRule $rule
        # Windows keeps single ports and ranges apart, and may give them back in another order.
        $ports = @($filters.LocalPort | Sort-Object) -join ','
        $remote = (Get-NetFirewallAddressFilter -AssociatedNetFirewallRule $rule).RemoteAddress
        $sources = @($remote | ForEach-Object { ConvertTo-Prefix -Range $_ } | Sort-Object) -join ','
        if ($filters.Protocol -eq $wanted.Protocol -and $ports -eq (@($wanted.Ports | Sort-Object) -join ',') -and $sources -eq (@($wanted.Sources | Sort-Object) -join ',')) { continue }
        Remove-NetFirewallRule -DisplayName $name
    }
    New-NetFirewallRule -DisplayName $name -Group $group @filter | Out-Null
    Add-LabChange -Text "rule $name"
}
Complete-Step -Script 'Set-Firewall'
