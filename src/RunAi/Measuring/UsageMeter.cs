using Newtonsoft.Json.Linq;
using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;
using RunAi.Operators;

namespace RunAi.Measuring;

/// <summary>Measures what a workload used against what it asked for.</summary>
internal sealed class UsageMeter
{
    /// <summary>Pods are read one by one; of more than this, none is.</summary>
    public const int MostPods = 32;

    private const double IdleBelow = 1;
    private const int SeriesWidth = 40;

    private static readonly string[] Types =
    [
        MetricTypes.GpuUtilization, MetricTypes.GpuMemory, MetricTypes.GpuMemoryRequest, MetricTypes.GpuAllocation, MetricTypes.Cpu,
        MetricTypes.Memory,
    ];

    private readonly StepOperatorConnection _connection;
    private readonly MetricReader _reader;

    public UsageMeter(StepOperatorConnection connection)
    {
        _connection = connection;
        _reader = new MetricReader(connection.Client);
    }

    /// <summary>True to draw series with characters that every console has.</summary>
    public bool IsAscii { get; init; }

    /// <summary>The measurements of one workload.</summary>
    /// <exception cref="RunAiApiException"><see cref="ErrorIds.WorkloadNotFound"/> and other failures.</exception>
    public async Task<WorkloadUsage> MeasureAsync(string workloadId, int samples, CancellationToken ct)
    {
        var client = _connection.Client;
        var workload = await client.GetWorkloadAsync(workloadId, ct).ConfigureAwait(false);
        var (start, end) = _reader.Span(workload, null, null);
        var query = new MetricQuery(Types, start, end, samples);
        var seen = await _reader.ReadAsync(workloadId, null, query, ct).ConfigureAwait(false);
        var usage = Describe(workload, seen, (end - start).TotalHours / samples);
        usage.Series = [.. MetricSeries.Of([.. seen.Where(metric => MetricTypes.Usual.Contains(metric.Type))], SeriesWidth, IsAscii)];

        var request = PodRequest.Of(await SpecAsync(workloadId, ct).ConfigureAwait(false));
        var pods = await client.ListPodsAsync(workloadId, MostPods + 1, ct).ConfigureAwait(false);
        var isOne = pods.Count <= 1 && request.GpuDevices <= 1;
        var peaks = isOne ? PodPeaks.Of(seen, perDevice: false) : await PodsAsync(workloadId, pods, query, ct).ConfigureAwait(false);
        if (peaks is not null)
        {
            (usage.SuggestedSettings, usage.Reasons) = SettingsAdvisor.Advise(request, peaks, DeviceMemory(seen, request), usage.Samples);
        }
        else
        {
            usage.Reasons =
            [
                $"Nothing is suggested: its {pods.Count} pods are too many to be read one by one, or they are not known any more.",
            ];
        }

        var expected = usage.GpuRequested is null or 0
            ? Types.Where(static type => !type.StartsWith("GPU", StringComparison.Ordinal))
            : Types;
        usage.Missing = [.. expected.Where(type => seen.All(workloadMetric => workloadMetric.Type != type))];
        return usage;
    }

    /// <summary>What a workload held and used, in two requests: nothing is suggested and nothing named as missing.</summary>
    /// <exception cref="RunAiApiException"><see cref="ErrorIds.WorkloadNotFound"/> and other failures.</exception>
    public async Task<WorkloadUsage> SumUpAsync(string workloadId, int samples, CancellationToken ct)
    {
        var workload = await _connection.Client.GetWorkloadAsync(workloadId, ct).ConfigureAwait(false);
        var (start, end) = _reader.Span(workload, null, null);
        var seen = await _reader.ReadAsync(
            workloadId, null, new MetricQuery([MetricTypes.GpuUtilization, MetricTypes.GpuAllocation], start, end, samples),
            ct).ConfigureAwait(false);
        return Describe(workload, seen, (end - start).TotalHours / samples);
    }

    private WorkloadUsage Describe(WorkloadRecord workload, IReadOnlyList<WorkloadMetric> seen, double hoursOfASample)
    {
        var asked = workload.WorkloadRequestedResources;
        var busy = Of(seen, MetricTypes.GpuUtilization);
        var held = Of(seen, MetricTypes.GpuAllocation);
        return new WorkloadUsage
        {
            WorkloadId = workload.Id,
            Name = workload.Name,
            Phase = workload.Phase,
            RunningTime = workload.TotalRunningTimeSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            GpuRequested = asked?.Gpu?.Request,
            GpuHours = held.Count > 0 ? held.Sum() * hoursOfASample : asked?.Gpu?.Request * workload.TotalRunningTimeSeconds / 3600.0,
            GpuIdleShare = busy.Count > 0 ? busy.Count(static percent => percent < IdleBelow) / (double)busy.Count : null,
            GpuUtilizationMean = busy.Count > 0 ? busy.Average() : null,
            GpuUtilizationPeak = PodPeaks.Peak(seen, MetricTypes.GpuUtilization),
            GpuMemoryRequested = (long?)PodPeaks.Peak(seen, MetricTypes.GpuMemoryRequest),
            GpuMemoryPeak = (long?)PodPeaks.Peak(seen, MetricTypes.GpuMemory),
            CpuRequested = asked?.Cpu?.Request,
            CpuMean = Of(seen, MetricTypes.Cpu) is { Count: > 0 } cores ? cores.Average() : null,
            CpuPeak = PodPeaks.Peak(seen, MetricTypes.Cpu),
            MemoryRequested = (long?)PodRequest.Bytes(asked?.CpuMemory?.Request),
            MemoryPeak = (long?)PodPeaks.Peak(seen, MetricTypes.Memory),
            Samples = seen.Count == 0 ? 0 : seen.GroupBy(static workloadMetric => workloadMetric.Type).Max(static series => series.Count()),
            StepOperator = _connection.Operator.Name,
        };
    }

    /// <summary>The specification in force, null for a workload that is no training.</summary>
    private async Task<JObject?> SpecAsync(string workloadId, CancellationToken ct)
    {
        try
        {
            return (await _connection.Client.GetTrainingAsync(workloadId, ct).ConfigureAwait(false)).Spec;
        }
        catch (RunAiApiException e) when (e.ErrorId == ErrorIds.WorkloadNotFound)
        {
            return null;
        }
    }

    /// <summary>The most that one of several pods used, null when they cannot be read.</summary>
    private async Task<PodPeaks?> PodsAsync(string workloadId, IReadOnlyList<PodRecord> pods, MetricQuery query, CancellationToken ct)
    {
        if (pods.Count is 0 or > MostPods)
        {
            return null;
        }

        var ofPods = query with
        {
            Types =
            [
                MetricTypes.GpuUtilization + MetricTypes.PerGpu, MetricTypes.GpuMemory + MetricTypes.PerGpu, MetricTypes.Cpu,
                MetricTypes.Memory,
            ],
        };
        PodPeaks? peaks = null;
        foreach (var pod in pods)
        {
            var seen = await _reader.ReadAsync(workloadId, pod.Id, ofPods, ct).ConfigureAwait(false);
            var ofPod = PodPeaks.Of(seen, perDevice: true);
            peaks = peaks?.And(ofPod) ?? ofPod;
        }

        return peaks;
    }

    /// <summary>Bytes of a whole device: what was given, divided by the devices and portions that were held.</summary>
    private static double? DeviceMemory(IReadOnlyList<WorkloadMetric> seen, PodRequest request)
    {
        var given = seen.Where(static workloadMetric => workloadMetric.Type == MetricTypes.GpuMemoryRequest)
            .GroupBy(static workloadMetric => workloadMetric.Time).ToDictionary(
                static moment => moment.Key, static moment => moment.Sum(static workloadMetric => workloadMetric.Value));
        var held = seen.FirstOrDefault(workloadMetric => workloadMetric.Type == MetricTypes.GpuAllocation && workloadMetric.Value > 0
            && given.ContainsKey(workloadMetric.Time));
        return request.ByGpuMemory || held is null ? null : given[held.Time] / held.Value;
    }

    private static List<double> Of(IReadOnlyList<WorkloadMetric> seen, string type) =>
        [.. seen.Where(workloadMetric => workloadMetric.Type == type).Select(static workloadMetric => workloadMetric.Value)];
}
