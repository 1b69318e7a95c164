# Makes an image of a folder and pushes it.
$ErrorActionPreference = 'Stop'
Import-Module $env:BENCHMARK_MODULE
$null = Publish-RunAiStepImage $env:SCALE_SOURCE -BaseImage $env:SCALE_BASE -Destination $env:SCALE_REGISTRY
& "$PSScriptRoot/../Submission/End.ps1"
