# The first submission of a process: import, token, project, policy, request.
$ErrorActionPreference = 'Stop'
Import-Module $env:BENCHMARK_MODULE
$null = Submit-RunAiStep first -Image busybox -Command true
& "$PSScriptRoot/End.ps1"
