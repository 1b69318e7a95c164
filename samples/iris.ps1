# Steps that train a small classifier on the Iris data and use it, on half a
# GPU of a Run:ai control plane that runs on this machine. With a real one,
# Start-RunAiEmulator goes away and the addresses are your organisation's.
# Format-Table shows tables where a script gives things of several kinds,
# which PowerShell would show as short lists.

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../RunAi.psd1"

# A local control plane: it speaks the Run:ai API, has a project with GPUs,
# and really runs what is submitted.
$emulator = Start-RunAiEmulator
$emulator | Format-Table

# Where the credentials are is remembered, never what they are. In a pipeline
# these are secret variables; elsewhere a vault: '{{runai_secret.client_id}}'
# reads the secret 'runai_secret' of SecretManagement's default vault.
$env:RUNAI_CLIENT_ID = $emulator.ClientId
$env:RUNAI_CLIENT_SECRET =
    [System.Net.NetworkCredential]::new('', $emulator.ClientSecret).Password

# Once: where steps run, where their data and images lie, and how images are
# made. Here these are two folders; on a cluster az://account/container or
# s3://bucket, and a registry such as myorg.azurecr.io/steps.
$folder = [System.IO.Directory]::CreateTempSubdirectory('iris-').FullName
Register-RunAiStack iris -StepOperator $emulator.Uri `
    -ProjectName $emulator.ProjectName `
    -ClientId '{{env:RUNAI_CLIENT_ID}}' `
    -ClientSecret '{{env:RUNAI_CLIENT_SECRET}}' `
    -ArtifactStore "file:$folder/store" `
    -ContainerRegistry "oci:$folder/images" -ImageBuilder Layer |
    Use-RunAiStack | Format-Table
Test-RunAiStack iris | Format-Table

# The step: its code is a folder, which becomes a layer of its image. It needs
# sh and awk only, which the emulator takes from this machine, so the image to
# put it on is the empty one; on a cluster it is one such as debian:12-slim.
$settings = New-RunAiStepSettings -GpuDevicesRequest 1 `
    -GpuPortionRequest 0.5 -CpuCoreRequest 1 -CpuMemoryRequest 1G
$train = New-RunAiStep train `
    -Source "$PSScriptRoot/iris" -BaseImage scratch -Settings $settings `
    -Command sh, train.sh, '{{inputs.data}}', '{{outputs.model}}',
        '{{outputs.report}}' `
    -Input @{ data = "$PSScriptRoot/iris/iris.csv" } `
    -Output model, report -Cache

# Exactly what would be done; nothing is.
$train | Submit-RunAiStep -WhatIf

# Run it: the image and the data go up, the log comes down while it runs.
$run = $train | Invoke-RunAiStep
$run | Format-Table

# What it wrote is in the store; any machine can save it, now or in a month.
$run.Outputs.Values | Format-Table
$report = $run.Outputs.report |
    Save-RunAiArtifact -Destination "$folder/results"
$text = [System.IO.File]::ReadAllText($report)
if ($text -notmatch 'accuracy +(\d\.\d+)') {
    throw "The report in $report has no accuracy."
}
$accuracy = $Matches[1]

# The same code is the same image: of it, nothing goes up a second time.
Publish-RunAiStepImage "$PSScriptRoot/iris" -BaseImage scratch `
    -ContainerRegistry iris | Format-Table

# And the same step with the same data is not even run again: -Cache finds
# what it wrote.
$again = $train | Invoke-RunAiStep
"Taken from the cache: $($again.IsCached)"

# What one step wrote is what the next one reads. Submit and wait are separate
# commands, too: a runbook may end between.
$classify = Submit-RunAiStep classify `
    -Source "$PSScriptRoot/iris" -BaseImage scratch -Settings $settings `
    -Command sh, classify.sh, '{{inputs.model}}', '5.1,3.5,1.4,0.2',
        '6.3,3.3,6.0,2.5' `
    -Input @{ model = $run.Outputs.model }
$classify | Format-Table
$classify | Receive-RunAiStepLog -Wait | Format-Table
$classify | Wait-RunAiWorkload | Format-Table

# A step that fails says so, and why.
try {
    $null = Invoke-RunAiStep broken -Settings $settings `
        -Source "$PSScriptRoot/iris" -BaseImage scratch `
        -Command sh, train.sh, '{{inputs.data}}', '{{outputs.model}}',
            '{{outputs.report}}' `
        -Input @{ data = "$PSScriptRoot/iris/iris.csv" } `
        -Output model, report -Environment @{ TEST_SHARE = 1 }
    throw 'The step should have failed.'
}
catch {
    $failure = $_
    if ($failure.FullyQualifiedErrorId -notlike 'RunAi.WorkloadFailed,*') {
        throw
    }
}
"exit code  $($failure.Exception.ExitCode)"
"message    $(($failure.Exception.Message -split '\n')[0])"
Get-RunAiWorkload runai-broken-* | Get-RunAiWorkloadDiagnosis | Format-List

# They are still listed, with what they asked for. Take all of it away, and
# end the control plane.
Get-RunAiWorkload | Format-Table
Get-RunAiWorkload | Remove-RunAiWorkload -Confirm:$false
Unregister-RunAiStack iris -Confirm:$false
Unregister-RunAiArtifactStore iris -Confirm:$false
Unregister-RunAiContainerRegistry iris -Confirm:$false
Unregister-RunAiImageBuilder iris -Confirm:$false
Unregister-RunAiStepOperator iris -Confirm:$false
[System.IO.Directory]::Delete($folder, $true)
$emulator | Stop-RunAiEmulator

"Accuracy on flowers it has not seen: $accuracy"
