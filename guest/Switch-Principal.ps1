param()
. "$PSScriptRoot\shared\Prologue.ps1"
