<# What the task leaves behind: output variables, saved outputs, the summary. #>

<#
.SYNOPSIS
Saves the outputs that have a folder, and gives the folder that holds all of them.
#>
function Save-RunOutput([hashtable] $Inputs, $Run) {
    $folders = ConvertFrom-Assignment $Inputs outputArtifacts
    $saved = foreach ($name in @($folders.Keys).Where({ $folders[$_] })) {
        $output = $Run.Outputs[$name]
        if (-not $output) { continue }
        $folder = Resolve-InputPath $folders[$name]
        $null = $output | Save-RunAiArtifact -Destination $folder -Force -Confirm:$false
        Write-AgentLine "Saved output $name to $folder."
        $folder
    }
    Get-CommonFolder @($saved)
}

function Get-CommonFolder([string[]] $Folders) {
    if (-not $Folders) { return }
    $separator = [System.IO.Path]::DirectorySeparatorChar
    $common = @($Folders[0].TrimEnd($separator) -split [regex]::Escape($separator))
    foreach ($folder in $Folders) {
        $parts = @($folder.TrimEnd($separator) -split [regex]::Escape($separator))
        $same = 0
        while ($same -lt $common.Count -and $same -lt $parts.Count -and $common[$same] -ceq $parts[$same]) { $same++ }
        $common = @($common | Select-Object -First $same)
    }
    $common -join $separator
}

<#
.SYNOPSIS
Sets the output variables of a run. One whose value is not known stays unset.
#>
function Set-RunOutput($Run, [hashtable] $Usage, [string] $OutputsPath) {
    $seconds = { param($span) if ($null -ne $span) { [Math]::Round($span.TotalSeconds, 1) } }
    $values = [ordered]@{
        runId = $Run.RunId
        workloadId = $Run.WorkloadId
        workloadName = $Run.WorkloadName
        state = "$($Run.State)"
        exitCode = $Run.ExitCode
        url = $Run.Url
        attempts = $Run.Attempt
        preemptions = $Run.Preemptions + ($Run.EarlierAttempts | Measure-Object Preemptions -Sum).Sum
        runSeconds = & $seconds (Get-RunningTime $Run $Usage)
        pendingSeconds = & $seconds (Get-PendingTime $Run)
        gpuHours = $Usage.Summary.GpuHours
        idleShare = $Usage.Summary.GpuIdleShare
        outputsPath = $OutputsPath
        outputUris = @($Run.Outputs.Values | ForEach-Object { "$($_.Name)=$($_.Uri)" }) -join "`n"
    }
    foreach ($name in $values.Keys) {
        if ($null -ne $values[$name] -and '' -ne "$($values[$name])") { Set-AgentOutput $name $values[$name] }
    }
}

<#
.SYNOPSIS
Writes the summary to a file and has the agent show it on the run's page.
#>
function Publish-RunSummary([hashtable] $Inputs, [string] $Folder, $Run, [hashtable] $Usage, [hashtable] $Failure, $NodePools) {
    if (-not (Test-Input $Inputs summary)) { return }
    # The agent uploads it a little later, perhaps after this step's folder is gone; it empties its own folder when the job is over.
    $file = Join-Path (Split-Path $Folder) "RunAi $($Run.StepName) $($Run.RunId).md"
    Format-RunSummary $Run $Usage $Failure $NodePools | Set-Content -LiteralPath $file -Encoding utf8 -NoNewline
    Write-AgentCommand 'task.uploadsummary' @{} $file
}

<#
.SYNOPSIS
Marks a step that ended well, but not at the first attempt or not without a warning.
#>
function Complete-Run($Run, [hashtable] $Progress) {
    $attempts = $Run.Attempt - 1
    if ($attempts -gt 0 -or $Progress.Warnings) {
        $why = $attempts -gt 0 ? "It took $($Run.Attempt) attempts." : 'There were warnings.'
        Write-AgentCommand 'task.complete' @{ result = 'SucceededWithIssues' } $why
    }
}
