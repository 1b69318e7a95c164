<#
.SYNOPSIS
Stops what a step of this job left running, after the job, and removes the step's folder.
.DESCRIPTION
A step that ended by itself, well or badly, left nothing. One that was cancelled or killed is found by its run key, also when it died before it knew
its run: its workload is suspended, or deleted, as onCancel says. It never fails the job.
#>
[CmdletBinding()]
param(
    # The JSON file with the inputs; the variable RUNAI_INPUTS otherwise.
    [string] $InputFile,
    # The step's folder, as run.ps1 was given it.
    [string] $Folder,
    # The RunAi module: its manifest, or its name.
    [string] $Module = $(if (Test-Path "$PSScriptRoot/module/RunAi.psd1") { "$PSScriptRoot/module/RunAi.psd1" } else { 'RunAi' })
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
[Console]::OutputEncoding = [System.Text.UTF8Encoding]::new($false)
foreach ($part in 'Agent', 'Inputs', 'Connection', 'Follow', 'Folder') { . "$PSScriptRoot/$part.ps1" }

<#
.SYNOPSIS
Suspends or deletes what is left of the step's run.
#>
function Stop-LeftRun([hashtable] $Inputs) {
    $run = Find-Run $Inputs
    if (-not $run) {
        Write-AgentLine 'No run of this step is recorded: there is nothing to stop.'
        return
    }
    $name = $run.WorkloadName
    $deletes = $Inputs.onCancel -eq 'delete'
    if ($run.IsOver -or ($run.State -eq 'Stopped' -and -not $deletes)) {
        Write-AgentLine "Run $($run.RunId) is $($run.State): there is nothing to stop. $(ConvertTo-PlainText $run.Message)"
    }
    elseif ($deletes) {
        Remove-RunAiWorkload $name -Confirm:$false
        Write-AgentLine "Cancelled: workload $name is deleted."
    }
    else {
        Stop-RunAiWorkload $name -Confirm:$false
        Write-AgentLine "Cancelled: workload $name is suspended and gives its GPU back. Go on with: Resume-RunAiWorkload $name"
    }
}

try {
    if (-not $Folder) { $Folder = New-StepFolder }
    if (Test-StepEnded $Folder) { Write-AgentLine 'The step ended by itself: there is nothing to stop.' }
    else {
        $inputs = Read-StepInput $InputFile
        if ($inputs.mode -ne 'submit' -and $inputs.onCancel -ne 'leave') {
            Import-Module $Module
            Register-Connection $inputs $Folder
            Stop-LeftRun $inputs
        }
    }
}
catch { Write-AgentIssue warning CleanupFailed "What the step left could not be cleaned up: $($_.Exception.Message)" }
finally {
    if ($Folder -and (Test-Path -LiteralPath $Folder)) { Remove-Item -LiteralPath $Folder -Recurse -Force -ErrorAction SilentlyContinue }
}
