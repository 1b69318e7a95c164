# How long a line takes from the step that prints it to the screen, and the end of a step to the return of the command, with an artifact store and
# without: seconds, of steps that print the time.
$ErrorActionPreference = 'Stop'
Import-Module $env:BENCHMARK_MODULE
$folder = [System.IO.Directory]::CreateTempSubdirectory('runai-log-').FullName
$emulator = Start-RunAiEmulator
$null = Register-RunAiStepOperator log -Emulator $emulator -Force
$null = Register-RunAiStack log -StepOperator log -ArtifactStore "file:$folder/store" -ContainerRegistry "oci:$folder/images" -ImageBuilder Layer -Force

function Measure-Since([string] $Stamp) {
    [DateTimeOffset]::UtcNow.ToUnixTimeMilliseconds() / 1000 - [double]::Parse($Stamp, [cultureinfo]::InvariantCulture)
}

function Measure-Line([hashtable] $Where) {
    $print = 'i=0; while [ $i -lt 40 ]; do date +%s.%N; sleep 0.5; i=$((i+1)); done'
    Invoke-RunAiStep log -Command sh, -c, $print -Settings @{ GpuDevicesRequest = 0 } @Where 6>&1 | ForEach-Object {
        if ("$_" -match '(\d{10}\.\d+)$') { Measure-Since $Matches[1] }
    } | Sort-Object
}

function Measure-End([hashtable] $Where) {
    1..9 | ForEach-Object {
        $end = "$folder/end-$_"
        $null = Invoke-RunAiStep end -Command sh, -c, "sleep 4; date +%s.%N > $end" -Settings @{ GpuDevicesRequest = 0 } @Where 6> $null
        Measure-Since (Get-Content $end)
    } | Sort-Object
}

$stored = @(Measure-Line @{ BaseImage = 'scratch'; Stack = 'log' })
$direct = @(Measure-Line @{ Image = 'busybox'; StepOperator = 'log' })
$storedEnd = @(Measure-End @{ BaseImage = 'scratch'; Stack = 'log' })
$directEnd = @(Measure-End @{ Image = 'busybox'; StepOperator = 'log' })
$emulator | Stop-RunAiEmulator
Remove-Item $folder -Recurse
& "$PSScriptRoot/End.ps1" @{
    storedMedian = $stored[[int][Math]::Floor($stored.Count / 2)]; storedMost = $stored[-1]; storedLines = $stored.Count
    storedEnd = $storedEnd[4]; directEnd = $directEnd[4]
    directMedian = $direct[[int][Math]::Floor($direct.Count / 2)]; directMost = $direct[-1]; directLines = $direct.Count
}
