<# The summary of a run, as markdown for the pipeline's page. Text of others is encoded: it is neither markdown nor HTML. #>

function ConvertTo-Markdown([AllowNull()] $Text) {
    [System.Net.WebUtility]::HtmlEncode("$Text") -replace '([\\`*_{}\[\]()#+!|~])', '\$1' -replace '\r?\n', '<br>'
}

function ConvertTo-CodeBlock($Lines) { "<pre>$([System.Net.WebUtility]::HtmlEncode($Lines -join "`n"))</pre>" }

<#
.SYNOPSIS
Writes the summary. Rows without a value are left out.
#>
function Format-RunSummary($Run, [hashtable] $Usage, [hashtable] $Failure, $NodePools) {
    $state = $Failure -and $Run.State -eq 'Succeeded' ? 'Failed' : $Run.State
    $name = ConvertTo-Markdown $Run.StepName
    $lines = [System.Collections.Generic.List[string]]::new()
    $lines.Add("## $(Get-StateMark $state $Failure) $name $(("$state" -creplace '(?<=[a-z])(?=[A-Z])', ' ').ToLowerInvariant())")
    $lines.Add('')
    $lines.Add((Get-Headline $Run))
    $lines.Add('')
    if ($Failure) { $lines.AddRange([string[]] @(Get-FailureLine $Failure)) }
    elseif ($state -ne 'Succeeded') { $lines.AddRange([string[]] @(Get-CancelLine $Run)) }
    $rows = (Get-UsageRow $Run $Usage $NodePools).GetEnumerator().Where({ $_.Value })
    if ($rows) {
        $lines.Add('| figure | value |')
        $lines.Add('|---|---|')
        foreach ($row in $rows) { $lines.Add("| $($row.Key) | $($row.Value) |") }
    }
    $lines.AddRange([string[]] @(Get-AdviceLine $Usage $Failure))
    $lines.AddRange([string[]] @(Get-AttemptLine $Run))
    $lines.AddRange([string[]] @(Get-OutputLine $Run))
    if ($Failure) { $lines.AddRange([string[]] @(Get-LogLine $Failure)) }
    ($lines -join "`n") + "`n"
}

# A run that was cancelled has neither succeeded nor failed.
function Get-StateMark($State, [hashtable] $Failure) {
    if ($State -eq 'Succeeded') { return '✅' }
    $Failure -or $State -in 'Failed', 'TimedOut' ? '❌' : '⏹️'
}

function Get-Headline($Run) {
    if ($Run.IsCached) { return "Run ``$($Run.RunId)``: nothing was run, since an earlier run had the same code, data and settings." }
    $name = ConvertTo-Markdown $Run.WorkloadName
    $workload = $Run.Url -match '^https?://[^\s()<>]+$' ? "[$name]($($Run.Url))" : $name
    "Workload $workload, run ``$($Run.RunId)``"
}

function Get-UsageRow($Run, [hashtable] $Usage, $NodePools) {
    $used = $Usage.Summary
    $rows = [ordered]@{}
    $rows['Queue'] = Format-Span (Get-PendingTime $Run)
    $rows['Run'] = Format-Span (Get-RunningTime $Run $Usage)
    $rows['Exit code'] = $Run.ExitCode
    $rows['Preemptions'] = $Run.Preemptions ? $Run.Preemptions : $null
    $rows['GPU'] = Format-Number $used.GpuRequested
    $rows['Node pool'] = ConvertTo-Markdown ($NodePools -join ', ')
    $rows['GPU hours'] = Format-Number $used.GpuHours '0.####'
    $rows['GPU use'] = $null -ne $used.GpuUtilizationMean ?
        "mean $(Format-Number $used.GpuUtilizationMean '0.#') %, peak $(Format-Number $used.GpuUtilizationPeak '0.#') %" : $null
    $rows['GPU use over time'] = $Usage.Utilization.Count -gt 1 ? (ConvertTo-Sparkline $Usage.Utilization.Value) : $null
    $rows['GPU memory'] = Join-Use $used.GpuMemoryPeak $used.GpuMemoryRequested
    $rows['Memory'] = Join-Use $used.MemoryPeak $used.MemoryRequested
    $rows['CPU cores'] = $null -ne $used.CpuPeak ? "peak $(Format-Number $used.CpuPeak) of $(Format-Number $used.CpuRequested)" : $null
    $rows['GPU idle'] = $null -ne $used.GpuIdleShare ? "$(Format-Number ($used.GpuIdleShare * 100) '0.#') % of the time" : $null
    $rows
}

function Join-Use($Peak, $Asked) {
    if ($null -eq $Peak) { return }
    $Asked ? "peak $(Format-Size $Peak) of $(Format-Size $Asked)" : "peak $(Format-Size $Peak)"
}

# What a run used that did not come to its end says little of what it needs.
function Get-AdviceLine([hashtable] $Usage, [hashtable] $Failure) {
    if ($Usage.Missing) { '', (ConvertTo-Markdown $Usage.Missing) }
    if ($Usage.Summary.MissingText) { '', "Not measured by the cluster: $(ConvertTo-Markdown $Usage.Summary.MissingText)." }
    $reasons = @($Usage.Summary.Reasons | Where-Object { $_ })
    if ($reasons -and -not $Failure) {
        '', '### What to ask for next time', ''
        foreach ($reason in $reasons) { "- $(ConvertTo-Markdown $reason)" }
    }
}

function Get-AttemptLine($Run) {
    if (-not $Run.EarlierAttempts.Count) { return }
    '', '### Attempts', '', '| attempt | workload | ended | cause |', '|---|---|---|---|'
    foreach ($attempt in $Run.EarlierAttempts) {
        "| $($attempt.Attempt) | $(ConvertTo-Markdown $attempt.WorkloadName) | $($attempt.State) | $(ConvertTo-Markdown $attempt.Cause) |"
    }
    "| $($Run.Attempt) | $(ConvertTo-Markdown $Run.WorkloadName) | $($Run.State) | |"
}

function Get-OutputLine($Run) {
    if (-not $Run.Outputs.Count) { return }
    '', '### Outputs', ''
    # In a table the long words of both would push each other out of sight.
    foreach ($output in $Run.Outputs.Values) {
        "- **$(ConvertTo-Markdown $output.Name)**, $(Format-Size $output.Size): $(ConvertTo-Markdown $output.Uri)<br>``$($output.Digest)``"
    }
}

function Get-FailureLine([hashtable] $Failure) {
    "### Cause: $(ConvertTo-Markdown $Failure.Cause)", '', (ConvertTo-Markdown $Failure.Summary), ''
    if ($Failure.Remedy.Count) {
        '**Remedy**', ''
        foreach ($remedy in $Failure.Remedy) { "- $(ConvertTo-Markdown $remedy)" }
        ''
    }
    $evidence = @(Select-Evidence $Failure)
    if ($evidence) {
        '**Evidence**', ''
        foreach ($record in $evidence) { "- $(ConvertTo-Markdown $record)" }
        ''
    }
}

<#
.SYNOPSIS
What shows the cause: each sentence once, without what the summary says, and without the log, which has a place of its own.
#>
function Select-Evidence([hashtable] $Failure) {
    $seen = [System.Collections.Generic.HashSet[string]]::new([string[]] @($Failure.Summary.TrimEnd('.')))
    foreach ($record in $Failure.Evidence) {
        $said = ($record -creplace '^[A-Z]\w+( [\d:]+)?: ([A-Z]\w+: )?').TrimEnd('.')
        if ($record -notlike 'Log: *' -and -not $Failure.Summary.Contains(($said -split ' ', 2)[-1]) -and $seen.Add($said)) { $record }
    }
}

# How a run was left that the job's cancel stopped, and how to go on.
function Get-CancelLine($Run) {
    if ($Run.Message) { (ConvertTo-Markdown $Run.Message), '' }
    $name = $Run.WorkloadName
    if ($Run.State -eq 'Stopped') { "``Resume-RunAiWorkload $name`` goes on with it, and so does a task with the same ``runKey``.", '' }
    elseif ($Run.State -ne 'Deleted') { "It goes on. A task with the mode ``wait`` waits for it, ``Stop-RunAiWorkload $name`` suspends it.", '' }
}

function Get-LogLine([hashtable] $Failure) {
    if ($Failure.Lines.Count) {
        '', '<details><summary>The last lines of the log</summary>', '', (ConvertTo-CodeBlock $Failure.Lines), '</details>'
    }
}
