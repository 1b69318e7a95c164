<# What test files share. The plan says where the module, the shell and the foreign assemblies are. #>
param([Parameter(Mandatory)] $Plan)

$script:Plan = $Plan
$script:Manifest = (Get-Item "$($Plan.Modules)/RunAi/*/RunAi.psd1").FullName
. "$PSScriptRoot/Waiting.ps1"
. "$PSScriptRoot/Emulator.ps1"
. "$PSScriptRoot/Failure.ps1"
. "$PSScriptRoot/Session.ps1"
. "$PSScriptRoot/Shell.ps1"
