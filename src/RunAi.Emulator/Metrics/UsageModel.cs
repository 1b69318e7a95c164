using System.Text;
using RunAi.Emulator.Execution;
using RunAi.Emulator.Scheduling;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Metrics;

/// <summary>
/// Makes up what pods use. It is a function of the workload's name and the time since the pod's start, so that every look at the same
/// moment says the same. Used under the gate.
/// </summary>
internal sealed class UsageModel(Organisation organisation, Outcomes outcomes)
{
    private const double WarmUpSeconds = 30;

    /// <summary>Whether a pod's containers ran at that moment.</summary>
    public static bool Runs(Pod pod, DateTimeOffset at) => pod.StartedAt <= at && !(End(pod) <= at);

    /// <summary>Whether a pod was there at that moment and held its resources.</summary>
    public static bool Holds(Pod pod, DateTimeOffset at) => pod.CreatedAt <= at && !(End(pod) <= at);

    /// <summary>Bytes of each device that the pod was given.</summary>
    public decimal Granted(Placement placement) => decimal.Round(placement.Portion * Device(placement));

    /// <summary>The types of metrics that are lost for a workload.</summary>
    public IReadOnlyList<string> LostTypes(Workload workload) => outcomes.For(workload).Usage?.Missing ?? [];

    /// <summary>What a pod uses; nothing while it does not run.</summary>
    public PodUsage Of(Workload workload, Pod pod, DateTimeOffset at)
    {
        if (!Runs(pod, at))
        {
            return default;
        }

        var seed = outcomes.For(workload).Usage;
        var seconds = (at - pod.StartedAt!.Value).TotalSeconds;
        var taste = Taste(workload.RequestedName);
        var isIdle = pod.Placement.Devices.Count == 0 || seconds < (seed?.GpuIdleSeconds ?? 0);
        var granted = Granted(pod.Placement);
        return new PodUsage(
            isIdle ? 0 : (decimal?)seed?.GpuUtilization ?? Utilization(taste, seconds),
            pod.Placement.Devices.Count == 0 ? 0 : Bytes(seed?.GpuMemory) ?? Grown(granted, taste, seconds),
            (decimal?)seed?.CpuCores ?? decimal.Round(Math.Max(0.1m, pod.Placement.Cpu) * Wave(taste, seconds, 0.6, 0.2), 3),
            Bytes(seed?.Memory) ?? Grown(Math.Max(64m * 1024 * 1024, pod.Placement.Memory), taste, seconds));
    }

    private static DateTimeOffset? End(Pod pod) => pod.CompletedAt ?? pod.DeletedAt;

    private decimal Device(Placement placement) =>
        organisation.Nodes.First(node => node.Name == placement.Node).DeviceMemory;

    private static decimal? Bytes(string? quantity) => Quantity.TryParse(quantity, out var bytes) ? bytes : null;

    /// <summary>55 to 95 percent, in waves of two minutes.</summary>
    private static decimal Utilization(double taste, double seconds) =>
        decimal.Round(Math.Min(100, 100 * Wave(taste, seconds, 0.6 + (0.3 * taste), 0.05)), 1);

    /// <summary>Rises to between 30 and 80 percent in the first half minute and stays there.</summary>
    private static decimal Grown(decimal granted, double taste, double seconds) =>
        decimal.Round(granted * (decimal)((0.3 + (0.5 * taste)) * Math.Min(1, 0.2 + (seconds / WarmUpSeconds))));

    private static decimal Wave(double taste, double seconds, double mean, double swing) =>
        (decimal)(mean + (swing * Math.Sin((seconds / 20) + (taste * 6))));

    /// <summary>0 to 1, the same for a name in every process (FNV-1a).</summary>
    private static double Taste(string name)
    {
        var hash = Encoding.UTF8.GetBytes(name).Aggregate(2166136261u, static (sum, octet) => unchecked((sum ^ octet) * 16777619u));
        return hash % 1000 / 999.0;
    }
}
