# A runbook of Azure Automation (PowerShell 7.4) that submits a step and ends.
# collect.ps1 gets the result. The job's id is the run key: a runbook that is
# started again from the beginning finds the run that is there, and nothing is
# submitted twice.

param(
    # What to run: a name, an image, and the command with its arguments.
    [string] $StepName = 'train',
    [string] $Image = 'python:3.12-slim',
    [string[]] $Command = @('python', '-c', 'print(42)'),
    # Everything of New-RunAiStepSettings, as JSON: a portal has no hashtables.
    [string] $Settings = '{ "GpuDevicesRequest": 1, "GpuPortionRequest": 0.5 }',
    # The Automation connection of the type RunAi.
    [string] $Connection = 'RunAi',
    # Where runs are recorded, so that collect.ps1 finds them on any machine;
    # its credential is the account's managed identity.
    [Parameter(Mandatory)] [string] $ArtifactStore,
    # The same key means the same run: the job's id by default.
    [string] $RunKey
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module RunAi

# region Connect
# Jobs share a process, and its variables: all of them write the same. The
# configuration holds references to secrets only.
$fields = Get-AutomationConnection -Name $Connection
$folder = Join-Path ([System.IO.Path]::GetTempPath()) "runai-$PID"
$env:RUNAI_CONFIG = Join-Path $folder "$Connection.json"
$env:RUNAI_STATE = Join-Path $folder state
$env:RUNAI_CACHE = Join-Path $folder cache
$variable = 'RUNAI_SECRET_' + ($Connection -replace '\W', '_').ToUpperInvariant()
[Environment]::SetEnvironmentVariable($variable, $fields.ClientSecret)
$stack = @{
    StepOperator = $fields.ControlPlaneUrl
    ProjectName = $fields.ProjectName
    ClientId = $fields.ClientId
    ClientSecret = "{{env:$variable}}"
    ArtifactStore = $ArtifactStore
}
$null = Register-RunAiStack $Connection @stack -Force
# endregion

if (-not $RunKey) { $RunKey = "$($PSPrivateMetadata.JobId)" }
if (-not $RunKey) {
    throw 'There is no job id here: give -RunKey, a text of this run alone.'
}

$run = Submit-RunAiStep $StepName -Image $Image -Command $Command `
    -Settings ($Settings | ConvertFrom-Json -AsHashtable) `
    -RunKey $RunKey -Stack $Connection
Write-Output "Submitted $($run.WorkloadName): $($run.Url)"

# The last line is for collect.ps1, as text: objects do not leave a runbook.
Write-Output "RunId=$($run.RunId)"
