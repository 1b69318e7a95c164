# A start with an import.
$ErrorActionPreference = 'Stop'
Import-Module $env:BENCHMARK_MODULE
& "$PSScriptRoot/End.ps1"
