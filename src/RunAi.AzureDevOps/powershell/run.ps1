<#
.SYNOPSIS
Runs a step on a Run:ai cluster for a job of Azure Pipelines, and says how it goes in the agent's own words.
.DESCRIPTION
The task RunAiStep and the template runai-step.yml start it. Inputs are one JSON object of texts; secrets are in the environment only
(RUNAI_CLIENT_ID, RUNAI_CLIENT_SECRET, and the variable that storeCredential names). It ends with 0 for success, 1 for a step that did not succeed,
2 for inputs that are not right. Interrupted, it has the workload suspended, left or deleted, as onCancel says.
#>
[CmdletBinding()]
param(
    # The JSON file with the inputs; the variable RUNAI_INPUTS otherwise.
    [string] $InputFile,
    # Where the configuration and the summary are kept until the job's end; a folder below Agent.TempDirectory otherwise.
    [string] $Folder,
    # The RunAi module: its manifest, or its name.
    [string] $Module = $(if (Test-Path "$PSScriptRoot/module/RunAi.psd1") { "$PSScriptRoot/module/RunAi.psd1" } else { 'RunAi' })
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$PSStyle.OutputRendering = 'PlainText'
[Console]::OutputEncoding = [System.Text.UTF8Encoding]::new($false)
foreach ($part in 'Agent', 'Inputs', 'Connection', 'Step', 'Follow', 'Failure', 'Usage', 'Summary', 'Finish', 'Folder') { . "$PSScriptRoot/$part.ps1" }

$inputs = $progress = $failure = $run = $null
$code = 1
$ended = $false
try {
    try {
        Add-AgentSecret $env:RUNAI_CLIENT_SECRET
        if (-not $Folder) { $Folder = New-StepFolder }
        $inputs = Read-StepInput $InputFile
        Set-AgentProgress 5 'Preparing'
        Import-Module $Module
        Register-Connection $inputs $Folder
        $progress = New-Progress
        $run = Invoke-Followed $inputs $progress
        if (-not $progress.Run) { Write-AgentLine "Run $($run.RunId) of this key is $($run.State) already: workload $($run.WorkloadName). $($run.Url)" }
        $code = 0
    }
    catch {
        if ($progress) { Close-Log $progress }
        $failure = ConvertTo-Failure $_ ($progress ? $progress.Tail.ToArray() : @())
        Show-Failure $failure
        $code = $progress ? 1 : 2
        if ($progress) { $run = Get-FailedRun $inputs $progress }
    }
    if ($progress) { Close-Log $progress }
    Set-StepEnded $Folder

    if ($run -and $inputs.mode -eq 'submit') { Set-RunOutput $run @{ Summary = $null } '' }
    elseif ($run) {
        Set-AgentProgress 95 'Measuring'
        $usage = Measure-Run $run
        try { $path = Save-RunOutput $inputs $run }
        catch {
            $failure = ConvertTo-Failure $_ @()
            Show-Failure $failure
            $code = 1
        }
        Set-RunOutput $run $usage $path
        Publish-RunSummary $inputs $Folder $run $usage $failure (Get-RunNodePool $run)
        if ($code -eq 0) { Complete-Run $run $progress }
    }
    $ended = $true
}
finally {
    if (-not $ended -and $progress -and ($left = Show-Cancelled $inputs $progress)) {
        Publish-RunSummary $inputs $Folder $left @{ Summary = $null; Utilization = @(); Missing = $null } $null $null
    }
}
exit $code
