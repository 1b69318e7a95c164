<# How a run is followed: its log, its phases and its warnings as they come. #>

$script:MostLines = 20
$script:Percent = @{ Creating = 20; Pending = 25; Resuming = 25; Initializing = 35; Running = 50 }

<#
.SYNOPSIS
What is known of the run while it is followed.
#>
function New-Progress([string] $OperatorName) {
    @{ OperatorName = $OperatorName; Run = $null; Tail = [System.Collections.Generic.Queue[string]]::new(); IsLogOpen = $false; Warnings = 0 }
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
                Write-AgentLine (ConvertTo-PlainText "$($record.MessageData)")
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
        if (-not $Progress.Run) {
            $run = Get-RunAiStepRun $Matches.name -First 1
            if ($run) { Set-FollowedRun $Progress $run }
        }
        if ($Progress.IsLogOpen -or -not $script:Percent.ContainsKey($Matches.phase)) { return }
        Write-AgentLine "$($Matches.name) is $($Matches.phase)."
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
    Write-AgentLine "Run $($Run.RunId), workload $($Run.WorkloadName): $($Run.Url)"
    foreach ($name in 'RunId', 'WorkloadName', 'WorkloadId', 'Url') {
        if ($Run.$name) { Set-AgentOutput ($name.Substring(0, 1).ToLowerInvariant() + $name.Substring(1)) $Run.$name }
    }
    Write-AgentCommand 'task.settaskvariable' ([ordered]@{ variable = 'RunAiRunId' }) $Run.RunId
}

<#
.SYNOPSIS
Submits the step, or finds the run that is meant, follows it to its end, and gives the finished run.
#>
function Invoke-Followed([hashtable] $Inputs, [hashtable] $Progress) {
    $ErrorActionPreference = 'Stop'
    if ($Inputs.mode -eq 'wait') {
        $runId = $Inputs.runId ? $Inputs.runId : (Find-KeyedRun $Inputs $Progress)
        Set-FollowedRun $Progress (Get-RunAiStepRun $runId)
        return Resume-RunAiStepRun $runId -Wait -StepOperator $Progress.OperatorName -Verbose 3>&1 4>&1 6>&1 | Show-Record $Progress
    }
    $step = New-InputStep $Inputs
    if ($Inputs.mode -eq 'run' -and $Inputs.onCancel -ne 'leave') {
        # It owns its run: interrupted at any moment, it has the workload suspended.
        return $step | Invoke-RunAiStep -RunKey $Inputs.runKey -Verbose 3>&1 4>&1 6>&1 | Show-Record $Progress
    }
    $run = $step | Submit-RunAiStep -RunKey $Inputs.runKey -Verbose 3>&1 4>&1 6>&1 | Show-Record $Progress
    Set-FollowedRun $Progress $run
    if ($Inputs.mode -eq 'submit' -or $run.State -eq 'Succeeded') { return $run }
    Resume-RunAiStepRun $run.RunId -Wait -Verbose 3>&1 4>&1 6>&1 | Show-Record $Progress
}

function Find-KeyedRun([hashtable] $Inputs, [hashtable] $Progress) {
    $run = Get-RunAiStepRun -StepOperator $Progress.OperatorName -First 1
    if ($run) { return $run.RunId }
    throw ("No run of the key '$($Inputs.runKey)' is recorded. The task that submits it must have the same runKey, and the same artifactStore or machine. " +
        'Or give its output runId as the input runId.')
}
