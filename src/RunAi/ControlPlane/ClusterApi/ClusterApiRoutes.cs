using System.Globalization;

namespace RunAi.ControlPlane;

/// <summary>
/// The addresses of the API that each cluster serves itself, in one table. The path of the log is that of NVIDIA's guide "Interacting with
/// Workloads Using the Cluster API" (2.23 and later). The segments for types other than standard trainings, and the names of the query's
/// parameters, which are those of Kubernetes' pod logs, are inferred.
/// </summary>
internal static class ClusterApiRoutes
{
    private const string Log = "/cluster-api/api/v1/{project}/workloads/{type}/{framework}/{workload}/logs";
    private const string StandardFramework = "runai";

    /// <summary>The path segments of what the control plane calls a workload's type; others are taken in lower case.</summary>
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Training"] = "training",
        [nameof(TrainingKind.Standard)] = "training",
        ["runai-job"] = "training",
        ["Distributed"] = "training",
        ["Workspace"] = "workspace",
        ["Inference"] = "inference",
    };

    /// <summary>The address of a workload's log, for a WebSocket.</summary>
    /// <param name="cluster">The cluster's base address, http or https.</param>
    /// <param name="request">Which log.</param>
    public static Uri LogOf(Uri cluster, WorkloadLogRequest request)
    {
        var type = Types.TryGetValue(request.Type, out var known) ? known : request.Type.ToLowerInvariant();
        var framework = string.IsNullOrEmpty(request.Framework) ? StandardFramework : request.Framework!.ToLowerInvariant();
        var path = Log
            .Replace("{project}", Uri.EscapeDataString(request.Project))
            .Replace("{type}", Uri.EscapeDataString(type.Length == 0 ? "training" : type))
            .Replace("{framework}", Uri.EscapeDataString(framework))
            .Replace("{workload}", Uri.EscapeDataString(request.Workload));
        var scheme = cluster.Scheme == Uri.UriSchemeHttps ? "wss" : "ws";
        return new Uri($"{scheme}://{cluster.Authority}{cluster.AbsolutePath.TrimEnd('/')}{path}{QueryOf(request)}");
    }

    /// <summary>What was asked for and cannot be done on this side; nothing for a plain stream, as working clients send it.</summary>
    private static string QueryOf(WorkloadLogRequest request) => new QueryText()
        .Add("pod", request.Pod)
        .Add("container", request.Container)
        .Add("previous", request.Previous ? "true" : null)
        .Add("sinceSeconds", request.Since is { } since ? Math.Ceiling(since.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null)
        .Add("timestamps", request.Timestamps ? "true" : null)
        .ToString();
}
