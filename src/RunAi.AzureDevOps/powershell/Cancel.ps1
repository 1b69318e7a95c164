<# What becomes of the workload when the job is cancelled. #>

<#
.SYNOPSIS
Makes a folder for this step, which only this account can read, below the agent's folder for temporary files.
#>
function New-StepFolder {
    $parent = $env:AGENT_TEMPDIRECTORY ? $env:AGENT_TEMPDIRECTORY : [System.IO.Path]::GetTempPath()
    $name = "runai-$(Get-OperatorName "$env:BUILD_BUILDID/$env:SYSTEM_JOBID/$env:RUNAI_STEP")"
    $folder = Join-Path $parent $name
    if ($IsWindows) { return [System.IO.Directory]::CreateDirectory($folder).FullName }
    [System.IO.Directory]::CreateDirectory($folder, [System.IO.UnixFileMode] 'UserRead, UserWrite, UserExecute').FullName
}

# Notes that nothing is left to stop when the job ends.
function Set-StepEnded([string] $Folder) { $null = New-Item -ItemType File -Force (Join-Path $Folder 'ended') }
function Test-StepEnded([string] $Folder) { Test-Path -LiteralPath (Join-Path $Folder 'ended') }

<#
.SYNOPSIS
Acts on a cancel: what Invoke-RunAiStep runs has been suspended by it already; a run that is only waited for is suspended here. Deleting is left to
the job's end, when there is more time.
#>
function Stop-Cancelled([hashtable] $Inputs, [hashtable] $Progress, [string] $Folder) {
    Close-Log $Progress
    if ($Inputs.mode -eq 'submit' -or $Inputs.onCancel -eq 'leave') {
        if ($Progress.Run) { Write-AgentLine "Cancelled. Workload $($Progress.Run.WorkloadName) goes on: $($Progress.Run.Url)" }
        Set-StepEnded $Folder
    }
    elseif ($Inputs.mode -eq 'wait') { Stop-OpenRun $Progress.OperatorName $Progress.Run }
}

<#
.SYNOPSIS
Suspends the workload of a run, unless it is over.
#>
function Stop-OpenRun([string] $OperatorName, $Run) {
    if (-not $Run) { return }
    try {
        Stop-RunAiWorkload $Run.WorkloadName -StepOperator $OperatorName -Confirm:$false -WarningAction SilentlyContinue
        Write-AgentLine "Cancelled: workload $($Run.WorkloadName) is suspended and gives its GPU back. Go on with: Resume-RunAiWorkload $($Run.WorkloadName)"
    }
    catch { Write-AgentIssue warning WorkloadMayRun "Workload $($Run.WorkloadName) could not be suspended and may still run: $($_.Exception.Message)" }
}

function Remove-CancelledRun([string] $OperatorName, $Run) {
    try {
        Remove-RunAiWorkload $Run.WorkloadName -StepOperator $OperatorName -Confirm:$false
        Write-AgentLine "Cancelled: workload $($Run.WorkloadName) is deleted."
    }
    catch { Write-AgentIssue warning WorkloadMayRun "Workload $($Run.WorkloadName) could not be deleted: $($_.Exception.Message)" }
}

<#
.SYNOPSIS
The node pools that the pods of a run were placed in; nothing where they cannot be read.
#>
function Get-RunNodePool($Run) {
    if (-not $Run.WorkloadId) { return }
    try { (Get-RunAiWorkload $Run.WorkloadId -ErrorAction Stop).NodePool }
    catch { Write-Verbose "The node pool is not known: $($_.Exception.Message)" }
}
