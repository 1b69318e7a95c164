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
        'Package' {
            dotnet build --configuration Release
            $package = Join-Path $PSScriptRoot 'out/RunAi'
            if (Test-Path $package) { Remove-Item $package -Recurse }
            $null = New-Item $package -ItemType Directory
            Copy-Item RunAi.psd1, LICENSE, README.md, CHANGELOG.md, module -Destination $package -Recurse
            Get-Item $package
        }
    }
    if ($LASTEXITCODE) { throw "dotnet ended with exit code $LASTEXITCODE." }
}
finally {
    Pop-Location
}
