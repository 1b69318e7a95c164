# Gets an artifact back.
$ErrorActionPreference = 'Stop'
Import-Module $env:BENCHMARK_MODULE
$null = Get-RunAiArtifact -ArtifactStore scale -Name (Split-Path $env:SCALE_SOURCE -Leaf) | Save-RunAiArtifact -Destination $env:SCALE_TARGET
& "$PSScriptRoot/../Submission/End.ps1"
