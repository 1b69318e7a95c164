# Lists runs, none of which is kept.
$ErrorActionPreference = 'Stop'
Import-Module $env:BENCHMARK_MODULE
$runs = (& ([scriptblock]::Create($env:SCALE_COMMAND)) | Measure-Object).Count
if ($runs -eq 0) { throw 'No run was found.' }
& "$PSScriptRoot/../Submission/End.ps1"
