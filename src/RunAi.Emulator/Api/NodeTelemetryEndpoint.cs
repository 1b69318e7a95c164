using RunAi.Emulator.Metrics;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Api;

/// <summary>GET /nodes/telemetry: what the nodes have, hold and use.</summary>
internal static class NodeTelemetryEndpoint
{
    private static readonly Dictionary<string, Func<Node, (string, string?)>> Groups = new()
    {
        ["ClusterId"] = node => (node.Pool.Cluster.Uuid.ToString(), node.Pool.Cluster.Name),
        ["Nodepool"] = node => (node.Pool.Name, null),
        ["Node"] = node => (node.Name, null),
    };

    public static void MapNodeTelemetry(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/nodes/telemetry", (HttpContext context, ControlPlane plane) => plane.Read(_ =>
        {
            var query = context.Request.Query;
            var nodes = plane.Organisation.Nodes.Where(node => Fits(query["clusterId"], node.Pool.Cluster.Uuid.ToString())
                && Fits(query["nodepoolName"], node.Pool.Name));
            return new Telemetry<Node>(Types(plane), Groups).Answer(query, nodes, plane.Clock.GetUtcNow());
        }));

    /// <summary>Whether a parameter that may be left out allows a value.</summary>
    public static bool Fits(string? asked, string value) =>
        string.IsNullOrEmpty(asked) || string.Equals(asked, value, StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, Func<IReadOnlyList<Node>, decimal>> Types(ControlPlane plane) => new()
    {
        ["READY_GPU_NODES"] = nodes => nodes.Count(node => HasGpus(node) && IsReady(node)),
        ["READY_GPUS"] = nodes => nodes.Where(IsReady).Sum(node => node.DevicesUsed.Length),
        ["TOTAL_GPU_NODES"] = nodes => nodes.Count(HasGpus),
        ["TOTAL_GPUS"] = nodes => nodes.Sum(node => node.DevicesUsed.Length),
        ["IDLE_ALLOCATED_GPUS"] = nodes => Used(plane, nodes, (placement, usage) => usage.GpuUtilization == 0 ? placement.Gpu : 0),
        ["FREE_GPUS"] = nodes => nodes.Where(IsReady).Sum(node => node.DevicesUsed.Sum(used => 1 - used)),
        ["ALLOCATED_GPUS"] = nodes => nodes.Sum(node => node.DevicesUsed.Sum()),
        ["TOTAL_CPU_CORES"] = nodes => nodes.Sum(node => node.Cpu),
        ["USED_CPU_CORES"] = nodes => Used(plane, nodes, (_, usage) => usage.Cpu),
        ["ALLOCATED_CPU_CORES"] = nodes => nodes.Sum(node => node.Cpu - node.CpuFree),
        ["TOTAL_GPU_MEMORY_BYTES"] = nodes => nodes.Sum(node => node.DevicesUsed.Length * node.DeviceMemory),
        ["USED_GPU_MEMORY_BYTES"] = nodes => Used(plane, nodes, (placement, usage) => placement.Devices.Count * usage.GpuMemory),
        ["TOTAL_CPU_MEMORY_BYTES"] = nodes => nodes.Sum(node => node.Memory),
        ["USED_CPU_MEMORY_BYTES"] = nodes => Used(plane, nodes, (_, usage) => usage.Memory),
        ["ALLOCATED_CPU_MEMORY_BYTES"] = nodes => nodes.Sum(node => node.Memory - node.MemoryFree),
        ["FULLY_FREE_GPU_NODES"] = nodes => nodes.Count(node => HasGpus(node) && IsReady(node) && node.DevicesUsed.Sum() == 0),
    };

    private static bool HasGpus(Node node) => node.DevicesUsed.Length > 0;

    private static bool IsReady(Node node) => node.Status == "Ready";

    private static decimal Used(ControlPlane plane, IReadOnlyList<Node> nodes, Func<Scheduling.Placement, PodUsage, decimal> what)
    {
        var names = nodes.Select(node => node.Name).ToHashSet();
        var now = plane.Clock.GetUtcNow();
        return plane.Workloads.Live.SelectMany(workload => workload.LivePods
            .Where(pod => names.Contains(pod.Placement.Node))
            .Select(pod => what(pod.Placement, plane.Usage.Of(workload, pod, now)))).Sum();
    }
}
