using RunAi.ControlPlane.Wire;

namespace RunAi.ControlPlane;

/// <content>What the clusters' metrics stores tell of workloads and pods.</content>
internal sealed partial class ControlPlaneClient
{
    /// <summary>The most samples the API gives of one series.</summary>
    public const int MostSamples = 1000;

    /// <summary>Series of a workload; one that the metrics store has lost is missing, and the log says so.</summary>
    public Task<MetricsRecord> ReadMetricsAsync(string workloadId, MetricQuery query, CancellationToken ct) =>
        ReadAsync<MetricsRecord>(
            OfWorkload(HttpMethod.Get, Workloads, workloadId, "/metrics", "read the metrics of") with { Query = query.ToQuery() }, ct);

    /// <summary>Series of one pod of a workload.</summary>
    public Task<MetricsRecord> ReadPodMetricsAsync(string workloadId, string podId, MetricQuery query, CancellationToken ct) =>
        ReadAsync<MetricsRecord>(
            OfWorkload(
                HttpMethod.Get, Workloads, workloadId, $"/pods/{Uri.EscapeDataString(podId)}/metrics", "read the pods' metrics of") with
            {
                Query = query.ToQuery(),
            },
            ct);
}
