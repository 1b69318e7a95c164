<# What is said of a failure: its cause, what shows it, and what to do. #>

<#
.SYNOPSIS
Reads cause, evidence and remedy out of an error record.
#>
function ConvertTo-Failure([System.Management.Automation.ErrorRecord] $ErrorRecord, $Lines) {
    $exception = $ErrorRecord.Exception
    $diagnosis = $exception.PSObject.Properties['Diagnosis']?.Value
    $id = ($ErrorRecord.FullyQualifiedErrorId -split ',')[0] -replace '^RunAi\.', ''
    $log = @($exception.PSObject.Properties['LastLogLines']?.Value)
    @{
        Id = $id
        Cause = $diagnosis ? "$($diagnosis.Cause)" : $id
        Summary = $diagnosis ? $diagnosis.Summary : ($exception.Message -split '\n')[0]
        Message = $exception.Message
        Evidence = @($diagnosis.Evidence | Where-Object { $_ } | ForEach-Object { "$_" })
        Remedy = @(if ($diagnosis) { $diagnosis.Remedy } elseif ($ErrorRecord.ErrorDetails.RecommendedAction) { $ErrorRecord.ErrorDetails.RecommendedAction })
        ExitCode = $exception.PSObject.Properties['ExitCode']?.Value
        Lines = @(if (@($Lines).Count) { $Lines } else { $log | Where-Object { $_ } })
    }
}

<#
.SYNOPSIS
The record of the run that failed; nothing when none was begun, or where it cannot be read.
#>
function Get-FailedRun([hashtable] $Inputs, [hashtable] $Progress) {
    try {
        if ($Progress.Run) { return Get-RunAiStepRun $Progress.Run.RunId }
        Get-RunAiStepRun -RunKey $Inputs.runKey
    }
    catch { Write-AgentLine "The run's record cannot be read: $(ConvertTo-PlainText $_.Exception.Message)" }
}

<#
.SYNOPSIS
Shows a failure: the whole of it, the last lines of the log once more, and one issue for the pipeline's page.
#>
function Show-Failure([hashtable] $Failure) {
    Write-AgentLine "##[error]$((ConvertTo-PlainText $Failure.Message) -replace '\r?\n', "`n")"
    # The module's message may have them already.
    if (@($Failure.Lines).Where({ -not $Failure.Message.Contains($_) })) {
        Write-AgentLine "The last $($Failure.Lines.Count) lines of the log:"
        foreach ($line in $Failure.Lines) { Write-AgentLine "  $(ConvertTo-PlainText $line)" }
    }
    $parts = @("$($Failure.Cause): $($Failure.Summary.TrimEnd('.')).")
    if ($Failure.Evidence.Count) { $parts += ($Failure.Evidence[0].TrimEnd('.') + '.') }
    if ($Failure.Remedy.Count) { $parts += "Remedy: $($Failure.Remedy -join ' ')" }
    Write-AgentIssue error $Failure.Cause ($parts -join ' ')
}
