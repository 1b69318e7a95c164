using System.Globalization;

namespace RunAi;

/// <summary>One number that was measured of a workload, or of one of its pods, at one moment.</summary>
public sealed class WorkloadMetric
{
    /// <summary>The workload's UUID.</summary>
    public string WorkloadId { get; set; } = "";

    /// <summary>The pod's UUID, when it is the pod that was measured.</summary>
    public string? PodId { get; set; }

    /// <summary>What was measured, as the API calls it, for example <c>GPU_UTILIZATION</c>.</summary>
    public string Type { get; set; } = "";

    /// <summary>The GPU device of the pod that was measured, when it was one device.</summary>
    public string? Gpu { get; set; }

    /// <summary>When, by the server's clock.</summary>
    public DateTimeOffset Time { get; set; }

    /// <summary>The number, in <see cref="Unit"/>.</summary>
    public double Value { get; set; }

    /// <summary>
    /// What the number counts: <c>%</c> (of one device or of the mean of all, 0 to 100), <c>bytes</c>, <c>cores</c>, <c>GPUs</c>,
    /// <c>pods</c> or <c>s</c>; empty when the API does not say.
    /// </summary>
    public string Unit { get; set; } = "";

    /// <summary>The number as people read it, bytes in GB (a billion bytes).</summary>
    public string Text => Unit switch
    {
        "bytes" => (Value / 1e9).ToString("0.00", CultureInfo.InvariantCulture) + " GB",
        "" or "%" => Value.ToString("0.##", CultureInfo.InvariantCulture) + Unit,
        _ => $"{Value.ToString("0.##", CultureInfo.InvariantCulture)} {Unit}",
    };

    /// <summary>What was measured, and the number.</summary>
    /// <returns>For example <c>GPU_UTILIZATION 83.5%</c>.</returns>
    public override string ToString() => $"{Type} {Text}";
}
