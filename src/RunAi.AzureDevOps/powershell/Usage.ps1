<# What the workload used, as far as the cluster measured it. #>

$script:Levels = '▁▂▃▄▅▆▇█'

<#
.SYNOPSIS
Measures a run that has ended. What cannot be had is said in Missing, and fails nothing.
#>
function Measure-Run($Run) {
    $usage = @{ Summary = $null; Utilization = @(); Missing = $null }
    if (-not $Run.WorkloadId) {
        $usage.Missing = $Run.IsCached ? 'Nothing was run: the outputs are those of an earlier run.' : 'There is no workload to measure.'
        return $usage
    }
    try {
        $usage.Summary = Measure-RunAiWorkload $Run.WorkloadId -ErrorAction Stop 3>$null
        $usage.Utilization = @(Get-RunAiWorkloadMetric $Run.WorkloadId -Type GPU_UTILIZATION -Samples 40 -ErrorAction Stop 3>$null)
    }
    catch { $usage.Missing = "Its use could not be measured: $(($_.Exception.Message -split '\n')[0])" }
    $usage
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

<#
.SYNOPSIS
Draws percentages as a line of blocks of eight heights.
#>
function ConvertTo-Sparkline([double[]] $Percent) {
    -join $Percent.ForEach({ $script:Levels[[Math]::Clamp([int] [Math]::Floor($_ / 100 * $script:Levels.Length), 0, $script:Levels.Length - 1)] })
}

function Format-Number($Value, [string] $Format = '0.##') {
    if ($null -ne $Value) { ([double] $Value).ToString($Format, [cultureinfo]::InvariantCulture) }
}

function Format-Size($Bytes) {
    if ($null -eq $Bytes) { return }
    $units = 'B', 'KiB', 'MiB', 'GiB', 'TiB'
    $size = [double] $Bytes
    for ($unit = 0; $size -ge 1024 -and $unit -lt $units.Count - 1; $unit++) { $size /= 1024 }
    "$(Format-Number $size '0.#') $($units[$unit])"
}

function Format-Span($Span) {
    if ($null -ne $Span) { $Span.ToString($Span.Days ? 'd\.hh\:mm\:ss' : 'hh\:mm\:ss', [cultureinfo]::InvariantCulture) }
}

<#
.SYNOPSIS
The time from submission to start, null for a run that never started.
#>
function Get-PendingTime($Run) {
    if ($Run.StartedAt -and $Run.SubmittedAt) { [timespan]::FromTicks([Math]::Max(0, ($Run.StartedAt - $Run.SubmittedAt).Ticks)) }
}

function Get-RunningTime($Run, $Usage) {
    if ($Usage.Summary.RunningTime) { return $Usage.Summary.RunningTime }
    if ($Run.StartedAt -and $Run.EndedAt) { $Run.EndedAt - $Run.StartedAt }
}
