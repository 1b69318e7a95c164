using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Shows what was measured over time as a line of text, with minimum, mean and maximum.</para>
/// <para type="description">
/// Each metric of each workload, pod and GPU becomes one line; the lines of one workload share a span of time. The highest column is the
/// maximum, or 100 percent of what is a percentage; a blank column is time in which nothing was measured. Where the console does not show
/// UTF-8 the line is drawn in ASCII.
/// </para>
/// </summary>
/// <example>
/// <para>Show the use of a run</para>
/// <code>$run | Get-RunAiWorkloadMetric | Format-RunAiMetric</code>
/// <para>One line comes back for each metric, with its minimum, mean and maximum.</para>
/// </example>
/// <example>
/// <para>Compare the GPUs of running workloads</para>
/// <code>Get-RunAiWorkload -Phase Running | Get-RunAiWorkloadMetric -Type GPU_UTILIZATION | Format-RunAiMetric -Width 40 -Ascii</code>
/// <para>One line of 40 columns in plain ASCII comes back for each workload.</para>
/// </example>
[Cmdlet(VerbsCommon.Format, "RunAiMetric")]
[OutputType(typeof(MetricSeries))]
public sealed class FormatMetricCommand : RunAiCommand
{
    private readonly List<WorkloadMetric> _metrics = [];

    /// <summary><para type="description">What Get-RunAiWorkloadMetric reads.</para></summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Alias("InputObject")]
    public WorkloadMetric[] Metric { get; set; } = [];

    /// <summary><para type="description">The columns of a line; 60 by default.</para></summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    [InvariantNumber(Whole = true)]
    public int Width { get; set; } = 60;

    /// <summary><para type="description">Draws with ASCII characters alone.</para></summary>
    [Parameter]
    public SwitchParameter Ascii { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput() => _metrics.AddRange(Metric);

    /// <inheritdoc/>
    protected override void ProcessEnd() =>
        WriteObject(MetricSeries.Of(_metrics, Width, Ascii || !ConsoleText.ShowsUnicode), enumerateCollection: true);
}
