using System.Globalization;
using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;
using RunAi.Redaction;

namespace RunAi.Measuring;

/// <summary>Reads series and makes numbers of their text; what is no number, and what has no time, is a gap.</summary>
internal sealed class MetricReader
{
    private readonly ControlPlaneClient _client;

    public MetricReader(ControlPlaneClient client) => _client = client;

    /// <summary>The samples of a workload, or of one of its pods, series by series.</summary>
    /// <exception cref="RunAiApiException"><see cref="ErrorIds.WorkloadNotFound"/> and other failures.</exception>
    public async Task<IReadOnlyList<WorkloadMetric>> ReadAsync(string workloadId, string? podId, MetricQuery query, CancellationToken ct)
    {
        var told = podId is null
            ? await _client.ReadMetricsAsync(workloadId, query, ct).ConfigureAwait(false)
            : await _client.ReadPodMetricsAsync(workloadId, podId, query, ct).ConfigureAwait(false);
        return [.. told.Measurements.SelectMany(series => (series.Values ?? [])
            .Select(sample => ToMetric(series, sample)).OfType<WorkloadMetric>())];

        WorkloadMetric? ToMetric(MetricsRecord.Measurement series, MetricsRecord.Sample sample) =>
            sample.Timestamp is { } time
            && double.TryParse(sample.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && !double.IsNaN(value) && !double.IsInfinity(value)
                ? new WorkloadMetric
                {
                    WorkloadId = workloadId,
                    PodId = podId,
                    Type = series.Type,
                    Gpu = series.Labels is not null && series.Labels.TryGetValue("gpu", out var gpu) ? gpu : null,
                    Time = time,
                    Value = value,
                    Unit = MetricTypes.UnitOf(series.Type),
                }
                : null;
    }

    /// <summary>
    /// The span of a workload's life that is meant when none, or only one end, is named: from its creation to its end, or now.
    /// </summary>
    /// <exception cref="RunAiException"><see cref="ErrorIds.InvalidTimeRange"/>.</exception>
    public (DateTimeOffset Start, DateTimeOffset End) Span(WorkloadRecord workload, DateTimeOffset? start, DateTimeOffset? end)
    {
        var now = _client.Session.ServerTime;
        var until = end ?? workload.CompletedAt ?? now;
        var from = start ?? workload.CreatedAt ?? until.AddHours(-1);
        if (start is null && end is null && until <= from)
        {
            // It was created a moment ago.
            until = from.AddSeconds(1);
        }

        return from < until ? (from, until) : throw new RunAiException(
            ErrorIds.InvalidTimeRange,
            $"The span of time from {from:u} to {until:u} is empty: -Start must be before -End. The workload {CleanText.Of(workload.Name)} "
            + $"was created at {workload.CreatedAt:u}"
            + (workload.CompletedAt is { } ended ? $" and ended at {ended:u}." : "."))
        {
            Target = workload.Id,
        };
    }
}
