#!/usr/bin/env pwsh
<#
.SYNOPSIS
Builds, tests or packages RunAi, for people who have PowerShell: a thin wrapper of dotnet.
.EXAMPLE
./build.ps1
.EXAMPLE
./build.ps1 -Task Test
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Package')]
    [string] $Task = 'Build'
)

$ErrorActionPreference = 'Stop'
Push-Location $PSScriptRoot
try {
    switch ($Task) {
        'Build' { dotnet build }
        'Test' { dotnet test }
        'Package' { dotnet build src/RunAi.Module }
    }
    if ($LASTEXITCODE) { throw "dotnet ended with exit code $LASTEXITCODE." }
}
finally {
    Pop-Location
}
