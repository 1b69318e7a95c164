#!/usr/bin/env pwsh
<#
.SYNOPSIS
Builds, tests or packages RunAi, for people who have PowerShell: a thin wrapper of dotnet.
.EXAMPLE
./build.ps1
.EXAMPLE
./build.ps1 -Task Test
.EXAMPLE
./build.ps1 -Task Package
.EXAMPLE
./build.ps1 -Task Package -CertificateThumbprint 8A1E0C6D4F5B3A29180716253443526170895F4E
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Package')]
    [string] $Task = 'Build',

    # Signs the module's own files before they are packed, with a certificate of the user's store. Windows only.
    [string] $CertificateThumbprint
)

$ErrorActionPreference = 'Stop'

function Invoke-DotNet {
    dotnet @args
    if ($LASTEXITCODE) { throw "dotnet ended with exit code $LASTEXITCODE." }
}

function Add-Signature([string] $Thumbprint) {
    $certificate = Get-Item "Cert:/CurrentUser/My/$Thumbprint"
    $own = 'RunAi.psd1', 'RunAi.Format.ps1xml', 'RunAi.Types.ps1xml', 'RunAi.dll', 'RunAi.PowerShell.dll', 'RunAi.Emulator.dll', 'step-runner.dll'
    $files = Get-ChildItem out/RunAi -Recurse -File | Where-Object Name -In $own
    $unsigned = $files | Set-AuthenticodeSignature -Certificate $certificate -TimestampServer http://timestamp.digicert.com | Where-Object Status -NE Valid
    if ($unsigned) { throw "Not signed: $($unsigned.Path -join ', ')" }
}

Push-Location $PSScriptRoot
try {
    switch ($Task) {
        'Build' { Invoke-DotNet build }
        'Test' { Invoke-DotNet test }
        'Package' {
            if ($CertificateThumbprint) {
                Invoke-DotNet build src/RunAi.Module '-p:ReadyToRun=true'
                Add-Signature $CertificateThumbprint
                Invoke-DotNet build src/RunAi.Module '-t:PackLayout'
            }
            else { Invoke-DotNet build src/RunAi.Module '-t:Package' '-p:ReadyToRun=true' }
        }
    }
}
finally {
    Pop-Location
}
