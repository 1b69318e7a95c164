# A start with an import of a module that has nothing.
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/Empty/Empty.psd1"
& "$PSScriptRoot/End.ps1"
