# A runbook of Azure Automation (PowerShell 7.4) that collects what start.ps1
# submitted. It ends before the sandbox's three hours are over; the workload
# goes on, and the runbook starts itself again to go on waiting.

param(
    # The run's id: the last line of start.ps1.
    [Parameter(Mandatory)] [string] $RunId,
    # The Automation connection of the type RunAi.
    [string] $Connection = 'RunAi',
    # Where start.ps1 had the run recorded.
    [Parameter(Mandatory)] [string] $ArtifactStore,
    # How long this job waits, in seconds.
    [int] $WaitSeconds = 9000,
    # This runbook's name, to start it again; only told when it is left out.
    [string] $Runbook
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

# The end of the wait is not the end of the workload. The step's log, and why
# it waits, go to the output as they come.
$run = $null
Resume-RunAiStepRun $RunId -Wait -Timeout $WaitSeconds -LogStream Output `
    -ErrorVariable failures -ErrorAction SilentlyContinue |
    ForEach-Object { if ($_ -is [string]) { Write-Output $_ } else { $run = $_ } }
if (-not $run) { throw $failures[0] }
if (-not $run.IsOver) {
    if ($Runbook) {
        $null = Start-AutomationRunbook -Name $Runbook -Parameters @{
            RunId = $RunId
            Connection = $Connection
            ArtifactStore = $ArtifactStore
            WaitSeconds = $WaitSeconds
            Runbook = $Runbook
        }
    }
    Write-Output "RunId=$RunId"
    Write-Output 'State=Waiting'
    return
}

Write-Output "ExitCode=$($run.ExitCode)"
foreach ($output in $run.Outputs.Values) {
    Write-Output "Output $($output.Name)=$($output.Uri)"
}
Write-Output "RunId=$RunId"
Write-Output "State=$($run.State)"
if ($run.State -ne 'Succeeded') { throw $failures[0] }
