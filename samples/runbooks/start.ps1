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
# The connection and the stack are this job's alone, although jobs share a
# process: nothing of them is on disk or in a variable of the process.
$fields = Get-AutomationConnection -Name $Connection
$null = Connect-RunAi -Connection $fields -StepOperator $Connection
Register-RunAiStack runbook -StepOperator $Connection `
    -ArtifactStore $ArtifactStore -Scope Session | Use-RunAiStack | Out-Null
# endregion

if (-not $RunKey) { $RunKey = "$($PSPrivateMetadata.JobId)" }
if (-not $RunKey) {
    throw 'There is no job id here: give -RunKey, a text of this run alone.'
}

$run = Submit-RunAiStep $StepName -Image $Image -Command $Command `
    -Settings ($Settings | ConvertFrom-Json -AsHashtable) `
    -RunKey $RunKey
Write-Output "Submitted $($run.WorkloadName): $($run.Url)"

# The last line is for collect.ps1, as text: objects do not leave a runbook.
Write-Output "RunId=$($run.RunId)"
