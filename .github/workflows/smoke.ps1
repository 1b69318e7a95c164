# Unpacks the package of out/, imports it and runs a step on the emulator: in Windows PowerShell 5.1 and in PowerShell 7.
$ErrorActionPreference = 'Stop'
$package = Get-Item "$PSScriptRoot/../../out/*.nupkg"
$version = $package.BaseName -replace '^RunAi\.(\d+\.\d+\.\d+).*', '$1'
$folder = Join-Path ([System.IO.Path]::GetTempPath()) "smoke-$PID"
Add-Type -AssemblyName System.IO.Compression.FileSystem
[System.IO.Compression.ZipFile]::ExtractToDirectory($package.FullName, "$folder/RunAi/$version")
Import-Module "$folder/RunAi/$version/RunAi.psd1"

$env:RUNAI_CONFIG = "$folder/runai.json"
$emulator = Start-RunAiEmulator
try {
    $env:RUNAI_SECRET = [System.Net.NetworkCredential]::new('', $emulator.ClientSecret).Password
    $null = Register-RunAiStepOperator local -RunAiBaseUrl $emulator.Uri -ProjectName demo -ClientId $emulator.ClientId -ClientSecret '{{env:RUNAI_SECRET}}'
    $run = Invoke-RunAiStep smoke -Image busybox -Command dotnet, --version
    if ("$($run.State)" -ne 'Succeeded') { throw "The step ended as $($run.State)." }
    if ((Get-Help Invoke-RunAiStep).Synopsis -notmatch 'Runs a step') { throw 'There is no help.' }
    "$($PSVersionTable.PSVersion) on $([System.Environment]::OSVersion): $($run.State)"
}
finally {
    Stop-RunAiEmulator $emulator
}
