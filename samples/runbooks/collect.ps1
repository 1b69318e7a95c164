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
    # How long this job waits, and how often it looks, in seconds.
    [int] $WaitSeconds = 9000,
    [int] $LookSeconds = 60,
    # This runbook's name, to start it again; only told when it is left out.
    [string] $Runbook
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

# Looking changes nothing: the end of this job is not the end of the workload.
$open = 'Submitting', 'Submitted', 'Running'
$clock = [System.Diagnostics.Stopwatch]::StartNew()
$state = $null
while ($true) {
    $run = Resume-RunAiStepRun $RunId -ArtifactStore $Connection
    if ("$($run.State)" -ne $state) {
        $state = "$($run.State)"
        Write-Output "$($run.WorkloadName) is $state after $([int] $clock.Elapsed.TotalSeconds) s."
    }
    if ($state -notin $open) { break }
    if ($clock.Elapsed.TotalSeconds + $LookSeconds -gt $WaitSeconds) {
        if ($Runbook) {
            $null = Start-AutomationRunbook -Name $Runbook -Parameters @{
                RunId = $RunId
                Connection = $Connection
                ArtifactStore = $ArtifactStore
                WaitSeconds = $WaitSeconds
                LookSeconds = $LookSeconds
                Runbook = $Runbook
            }
        }
        Write-Output "RunId=$RunId"
        Write-Output 'State=Waiting'
        return
    }
    Start-Sleep -Seconds $LookSeconds
}

Write-Output "ExitCode=$($run.ExitCode)"
foreach ($output in $run.Outputs.Values) {
    Write-Output "Output $($output.Name)=$($output.Uri)"
}
Write-Output "RunId=$RunId"
Write-Output "State=$state"
if ($state -ne 'Succeeded') {
    $why = Get-RunAiWorkloadDiagnosis $run.WorkloadName -StepOperator $Connection
    throw "The step did not succeed. $why $($why.RemedyText)"
}
