# Submits steps by one pipeline.
$ErrorActionPreference = 'Stop'
Import-Module $env:BENCHMARK_MODULE
$runs = 0
1..[int]$env:SCALE_COUNT | ForEach-Object { New-RunAiStep "scale-$($_ % 100)" -Image busybox -Command true -Tag @{ fold = "$($_ % 10)" } } |
    Submit-RunAiStep | ForEach-Object { $runs++ }
if ($runs -ne $env:SCALE_COUNT) { throw "$runs runs came back." }
$null = Submit-RunAiStep keyed -Image busybox -Command true -RunKey scale/17
& "$PSScriptRoot/../Submission/End.ps1"
