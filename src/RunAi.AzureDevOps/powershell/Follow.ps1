<# How a run is followed: its log, its phases and its warnings as they come. #>

$script:MostLines = 20
$script:Percent = @{ Creating = 20; Pending = 25; Resuming = 25; Initializing = 35; Running = 50 }

<#
.SYNOPSIS
What is known of the run while it is followed.
#>
function New-Progress {
    @{ Run = $null; Tail = [System.Collections.Generic.Queue[string]]::new(); IsLogOpen = $false; Warnings = 0 }
}

<#
.SYNOPSIS
Takes what a command of the module writes, of all streams: shows log lines, says phases as progress and warnings as issues, and passes runs on.
#>
function Show-Record([hashtable] $Progress) {
    process {
        $record = $_
        switch ($record) {
            # The module's own lines tell how the wait goes on; they are not the step's.
            { $_ -is [System.Management.Automation.InformationRecord] -and $_.Tags -contains 'RunAi.Progress' } {
                Close-Log $Progress
                Write-AgentLine (ConvertTo-PlainText "$($record.MessageData)")
                if (-not $Progress.Run -and "$($record.MessageData)" -match '^Run (?<id>[0-9A-Z]{26}): ') { Set-FollowedRun $Progress (Get-RunAiStepRun $Matches.id) }
                break
            }
            { $_ -is [System.Management.Automation.InformationRecord] } { Show-LogLine $Progress "$($record.MessageData)"; break }
            { $_ -is [System.Management.Automation.WarningRecord] } {
                $Progress.Warnings++
                Write-AgentIssue warning '' $record.Message
                break
            }
            { $_ -is [System.Management.Automation.VerboseRecord] } { Show-Detail $Progress $record.Message; break }
            default { $record }
        }
    }
}

function Show-LogLine([hashtable] $Progress, [string] $Line) {
    if (-not $Progress.IsLogOpen) {
        $Progress.IsLogOpen = $true
        Write-AgentLine '##[group]Log of the step'
    }
    $plain = ConvertTo-PlainText $Line
    Write-AgentLine $plain
    $Progress.Tail.Enqueue($plain)
    if ($Progress.Tail.Count -gt $script:MostLines) { $null = $Progress.Tail.Dequeue() }
}

function Close-Log([hashtable] $Progress) {
    if ($Progress.IsLogOpen) { Write-AgentLine '##[endgroup]' }
    $Progress.IsLogOpen = $false
}

<#
.SYNOPSIS
Reads the phase out of 'NAME is PHASE.', which a wait says once for each phase; the rest is for those who set System.Debug.
#>
function Show-Detail([hashtable] $Progress, [string] $Message) {
    if ($Message -match '^(?<name>\S+) is (?<phase>[A-Z]\w+)\.$') {
        if ($Progress.IsLogOpen -or -not $script:Percent.ContainsKey($Matches.phase)) { return }
        Set-AgentProgress $script:Percent[$Matches.phase] $Matches.phase
    }
    elseif ($env:SYSTEM_DEBUG -eq 'true') { Write-AgentCommand 'task.debug' @{} $Message }
}

<#
.SYNOPSIS
Notes the run as soon as it is known, so that its outputs are there however the task ends.
#>
function Set-FollowedRun([hashtable] $Progress, $Run) {
    $Progress.Run = $Run
    foreach ($name in 'RunId', 'WorkloadName', 'WorkloadId', 'Url') {
        if ($Run.$name) { Set-AgentOutput ($name.Substring(0, 1).ToLowerInvariant() + $name.Substring(1)) $Run.$name }
    }
}

<#
.SYNOPSIS
Submits the step, or finds the run that is meant, follows it to its end, and gives the finished run. Interrupted at any moment, the module does with
the workload what onCancel says, and says so.
#>
function Invoke-Followed([hashtable] $Inputs, [hashtable] $Progress) {
    $ErrorActionPreference = 'Stop'
    $how = @{ OnCancel = $Inputs.onCancel; Verbose = $true }
    if ($Inputs.mode -eq 'wait') {
        $run = Find-Run $Inputs
        if (-not $run) {
            $which = $Inputs.runId ? "the id '$($Inputs.runId)'" : "the key '$($Inputs.runKey)'"
            throw ("No run of $which is recorded. The task that submits it must have the same runKey, and the same artifactStore or machine. " +
                'Or give its output runId as the input runId.')
        }
        Set-FollowedRun $Progress $run
        return Resume-RunAiStepRun $run.RunId -Wait @how 3>&1 4>&1 6>&1 | Show-Record $Progress
    }
    $step = New-InputStep $Inputs
    if ($Inputs.mode -eq 'run') { return $step | Invoke-RunAiStep -RunKey $Inputs.runKey @how 3>&1 4>&1 6>&1 | Show-Record $Progress }
    $run = $step | Submit-RunAiStep -RunKey $Inputs.runKey @how 3>&1 4>&1 6>&1 | Show-Record $Progress
    Set-FollowedRun $Progress $run
    $run
}

<#
.SYNOPSIS
The run of the run id, or of the run key, as the control plane shows it now; nothing when none is recorded.
#>
function Find-Run([hashtable] $Inputs) {
    try { $Inputs.runId ? (Resume-RunAiStepRun $Inputs.runId) : (Resume-RunAiStepRun -RunKey $Inputs.runKey) }
    catch {
        if ($_.FullyQualifiedErrorId -notlike 'RunAi.RunNotFound*') { throw }
    }
}

<#
.SYNOPSIS
Says, below the log's group, what became of the run of a job that was cancelled, and gives it as it was left.
#>
function Show-Cancelled([hashtable] $Inputs, [hashtable] $Progress) {
    Close-Log $Progress
    try {
        # The cancel may have come before the run was noted.
        $id = $Progress.Run ? $Progress.Run.RunId : $Inputs.runId
        $run = $id ? (Get-RunAiStepRun $id) : (Get-RunAiStepRun -RunKey $Inputs.runKey)
        if (-not $Progress.Run) { Set-FollowedRun $Progress $run }
        Write-AgentLine "Cancelled: run $($run.RunId) is $($run.State). $(ConvertTo-PlainText $run.Message)"
        $run
    }
    catch { Write-AgentLine "Cancelled. $(ConvertTo-PlainText ($_.Exception.Message -split '\n')[0])" }
}
