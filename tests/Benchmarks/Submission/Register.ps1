# Registers the cluster for the scripts that submit.
$ErrorActionPreference = 'Stop'
Import-Module $env:BENCHMARK_MODULE
$null = Register-RunAiStepOperator bench -RunAiBaseUrl $env:BENCHMARK_URI -ClientId $env:BENCHMARK_CLIENT -ClientSecret '{{env:BENCHMARK_SECRET}}' -ProjectName demo -Force
$null = Register-RunAiStack bench -StepOperator bench -Force
& "$PSScriptRoot/End.ps1"
