# Makes an artifact of a folder.
$ErrorActionPreference = 'Stop'
Import-Module $env:BENCHMARK_MODULE
$null = Register-RunAiArtifactStore scale -Uri $env:SCALE_STORE -Force
$null = Publish-RunAiArtifact $env:SCALE_SOURCE -ArtifactStore scale -Name (Split-Path $env:SCALE_SOURCE -Leaf)
& "$PSScriptRoot/../Submission/End.ps1"
