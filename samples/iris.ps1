# A step that trains a small classifier on the Iris data, on half a GPU of a Run:ai control plane that runs on this
# machine. With a real one, Start-RunAiEmulator goes away and the address is https://<your organisation>.run.ai.

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../RunAi.psd1"

# A local control plane: it speaks the Run:ai API, has a project with GPUs, and really runs what is submitted.
$emulator = Start-RunAiEmulator
$emulator

# Where the credentials are is remembered, never what they are. In a pipeline these are secret variables; elsewhere a
# vault: '{{runai_secret.client_id}}' reads the secret 'runai_secret' of SecretManagement's default vault.
$env:RUNAI_CLIENT_ID = $emulator.ClientId
$env:RUNAI_CLIENT_SECRET = [System.Net.NetworkCredential]::new('', $emulator.ClientSecret).Password
Register-RunAiStepOperator demo -RunAiBaseUrl $emulator.Uri -ProjectName $emulator.ProjectName `
    -ClientId '{{env:RUNAI_CLIENT_ID}}' -ClientSecret '{{env:RUNAI_CLIENT_SECRET}}'
Test-RunAiStepOperator demo

# The step: half a GPU, and a program that needs sh and awk only. The emulator runs it in a scratch folder of this
# machine, so the program, its data and its report are given by their full paths; on a cluster they would be in the
# image and on a mounted volume.
$settings = New-RunAiStepSettings -GpuDevicesRequest 1 -GpuPortionRequest 0.5 -CpuCoreRequest 1 -CpuMemoryRequest 1G
$report = [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), "iris-report-$PID.txt")
$iris = New-RunAiStep iris -Image debian:12-slim -Settings $settings `
    -Command sh, "$PSScriptRoot/iris/train.sh", "$PSScriptRoot/iris/iris.csv" `
    -Environment @{ REPORT = $report }

# Exactly what would be sent; nothing is.
$iris | Submit-RunAiStep -StepOperator demo -WhatIf

# Submit it, and wait for it. The two are separate commands, so a runbook may end in between.
$run = $iris | Submit-RunAiStep -StepOperator demo
$run
$done = $run | Wait-RunAiWorkload
$done

# What it learned.
$text = [System.IO.File]::ReadAllText($report)
$text
if ($text -notmatch 'accuracy +(\d\.\d+)') { throw "The report in $report has no accuracy." }
$accuracy = $Matches[1]

# A step that fails says so; Invoke- is Submit- and Wait- in one.
try {
    Invoke-RunAiStep broken -StepOperator demo -Image debian:12-slim -Settings $settings -Command sh, -c, 'exit 3'
    throw 'The step should have failed.'
}
catch [System.Exception] {
    if ($_.FullyQualifiedErrorId -notlike 'RunAi.WorkloadFailed,*') { throw }
    $failure = $_
}
"message    $($failure.Exception.Message)"
"id         $($failure.FullyQualifiedErrorId)"
"phase      $($failure.Exception.Phase)"
"exit code  $($failure.Exception.ExitCode)"

# Both are still listed, with what they asked for. Take them away, and end the control plane.
Get-RunAiWorkload -StepOperator demo
Get-RunAiWorkload -StepOperator demo | Remove-RunAiWorkload -StepOperator demo -Confirm:$false
[System.IO.File]::Delete($report)
Unregister-RunAiStepOperator demo -Confirm:$false
$emulator | Stop-RunAiEmulator

"Accuracy on flowers it has not seen: $accuracy"
