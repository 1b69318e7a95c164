namespace RunAi.Measuring;

/// <summary>The most that one pod was seen to use: percent and bytes of one GPU device, cores, bytes. Null is not measured.</summary>
internal sealed record PodPeaks(double? GpuUtilization, double? GpuMemory, double? Cpu, double? Memory)
{
    /// <summary>The peaks in samples of one pod.</summary>
    public static PodPeaks Of(IReadOnlyList<WorkloadMetric> samples, bool perDevice) => new(
        Peak(samples, MetricTypes.GpuUtilization + (perDevice ? MetricTypes.PerGpu : "")),
        Peak(samples, MetricTypes.GpuMemory + (perDevice ? MetricTypes.PerGpu : "")),
        Peak(samples, MetricTypes.Cpu),
        Peak(samples, MetricTypes.Memory));

    /// <summary>The higher of each; what is unknown of one pod is unknown of all.</summary>
    public PodPeaks And(PodPeaks other) => new(
        Higher(GpuUtilization, other.GpuUtilization),
        Higher(GpuMemory, other.GpuMemory),
        Higher(Cpu, other.Cpu),
        Higher(Memory, other.Memory));

    public static double? Peak(IReadOnlyList<WorkloadMetric> samples, string type) =>
        samples.Where(sample => sample.Type == type).Select(static sample => (double?)sample.Value).Max();

    private static double? Higher(double? first, double? other) => first is { } a && other is { } b ? Math.Max(a, b) : null;
}
