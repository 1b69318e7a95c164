namespace RunAi;

/// <summary>
/// What a workload asked for and what it used, as far as the metrics store of its cluster remembers it. What could not be measured is
/// null and named in <see cref="Missing"/>.
/// </summary>
public sealed class WorkloadUsage
{
    /// <summary>The workload's UUID.</summary>
    public string WorkloadId { get; set; } = "";

    /// <summary>The workload's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The phase it was seen in; before its end the numbers are those so far.</summary>
    public string Phase { get; set; } = "";

    /// <summary>The time it has spent running.</summary>
    public TimeSpan? RunningTime { get; set; }

    /// <summary>The GPUs asked for: a sum of devices and portions.</summary>
    public double? GpuRequested { get; set; }

    /// <summary>GPUs held, times the hours they were held.</summary>
    public double? GpuHours { get; set; }

    /// <summary>The part of the time, from 0 to 1, in which its GPUs were less than 1 percent busy.</summary>
    public double? GpuIdleShare { get; set; }

    /// <summary>Mean utilisation of its GPUs in percent.</summary>
    public double? GpuUtilizationMean { get; set; }

    /// <summary>The highest utilisation seen of a GPU, in percent of the device.</summary>
    public double? GpuUtilizationPeak { get; set; }

    /// <summary>GPU memory it was given, in bytes, over all pods and devices.</summary>
    public long? GpuMemoryRequested { get; set; }

    /// <summary>The most GPU memory seen in use at once, in bytes, over all pods and devices.</summary>
    public long? GpuMemoryPeak { get; set; }

    /// <summary>CPU cores asked for, over all pods.</summary>
    public double? CpuRequested { get; set; }

    /// <summary>Mean of the CPU cores in use, over all pods.</summary>
    public double? CpuMean { get; set; }

    /// <summary>The most CPU cores seen in use at once, over all pods.</summary>
    public double? CpuPeak { get; set; }

    /// <summary>Main memory asked for, in bytes, over all pods.</summary>
    public long? MemoryRequested { get; set; }

    /// <summary>The most main memory seen in use at once, in bytes, over all pods.</summary>
    public long? MemoryPeak { get; set; }

    /// <summary>Each metric over time as a line of text, with minimum, mean and maximum.</summary>
    public IReadOnlyList<MetricSeries> Series { get; set; } = [];

    /// <summary><see cref="Series"/>, one below the other, with minimum, mean and maximum.</summary>
    public string SeriesText => MetricSeries.Table(Series);

    /// <summary>How many moments were looked at. Peaks between them were not seen.</summary>
    public int Samples { get; set; }

    /// <summary>The metrics the cluster does not have for it, as the API calls them.</summary>
    public IReadOnlyList<string> Missing { get; set; } = [];

    /// <summary>
    /// The resources to ask for next time, for <c>-Settings</c>: the peaks seen in one pod and 20 percent, rounded up, and never less
    /// than was seen. What could not be measured is not set.
    /// </summary>
    public StepSettings SuggestedSettings { get; set; } = new();

    /// <summary>What the suggestion rests on, a line for each setting.</summary>
    public IReadOnlyList<string> Reasons { get; set; } = [];

    /// <summary><see cref="Missing"/> on one line.</summary>
    public string MissingText => string.Join(", ", Missing);

    /// <summary><see cref="Reasons"/>, one below the other.</summary>
    public string ReasonsText => string.Join("\n", Reasons);

    /// <summary>The step operator through which it was seen.</summary>
    public string? StepOperator { get; set; }

    /// <summary>The workload's name and GPU hours.</summary>
    /// <returns>For example <c>runai-train-4g7c2h9k (1.25 GPU hours)</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Name} ({GpuHours:0.##} GPU hours)");
}
