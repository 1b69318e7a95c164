using RunAi.Emulator.Api.Wire;
using RunAi.Emulator.Scheduling;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Api;

/// <summary>Quota and use of projects and departments as the API shows them. Used under the gate.</summary>
internal static class QuotaView
{
    private const decimal Megabyte = 1_000_000;

    public static IReadOnlyList<ResourcesRow> Resources(IEnumerable<Quota> quotas) =>
    [
        .. quotas.Select(quota => new ResourcesRow(
            new(quota.Pool.Id, quota.Pool.Name),
            new(quota.Deserved, quota.Limit, quota.OverQuota ? 2 : 0),
            quota.CpuCores is { } cores ? new(cores * 1000, null, null) : null,
            quota.MemoryMb is { } memory ? new(memory, "MB") : null,
            "Normal")),
    ];

    public static TotalResourcesRow Total(IReadOnlyList<Quota> quotas) => new(
        quotas.Sum(quota => quota.Deserved),
        quotas.Any(quota => quota.CpuCores is not null) ? quotas.Sum(quota => quota.CpuCores * 1000) : null,
        quotas.Any(quota => quota.MemoryMb is not null) ? quotas.Sum(quota => quota.MemoryMb) : null);

    /// <summary>One row for each node pool.</summary>
    public static List<QuotaStatusRow> PerPool(ControlPlane plane, object unit) =>
        [.. plane.Organisation.NodePools.Select(pool => Status(plane, unit, [pool], pool.Name, pool.Id))];

    public static QuotaStatusRow Sum(ControlPlane plane, object unit) =>
        Status(plane, unit, plane.Organisation.NodePools, null, null);

    public static decimal AllocatedGpu(ControlPlane plane, object unit) => Sum(plane, unit).Allocated.Gpu;

    private static QuotaStatusRow Status(
        ControlPlane plane, object unit, IReadOnlyList<NodePool> pools, string? name, string? id)
    {
        var ledger = plane.Scheduler.Ledger;
        var held = pools.Aggregate(new Usage(), (sum, pool) => sum + ledger.Allocated(unit, pool));
        var firm = pools.Aggregate(new Usage(), (sum, pool) => sum + ledger.AllocatedNonPreemptible(unit, pool));
        var waiting = plane.Scheduler.Queues
            .Where(queue => queue.Project == unit || queue.Project.Department == unit)
            .Select(queue => Waiting(queue, pools))
            .Aggregate(new Usage(), (sum, usage) => sum + usage);
        return new QuotaStatusRow(Row(held), Row(firm), Row(held + waiting), name, id);
    }

    /// <summary>What waits counts for the first node pool it would use.</summary>
    private static Usage Waiting(PendingQueue queue, IReadOnlyList<NodePool> pools)
    {
        var first = queue.Request.NodePools is [var named, ..]
            ? pools.FirstOrDefault(pool => pool.Name == named)
            : queue.Project.DefaultNodePools is [var usual, ..] && pools.Contains(usual) ? usual : null;
        if (first is null)
        {
            return default;
        }

        var pods = queue.Count * queue.Request.Slots;
        return new Usage(
            queue.Count * Scheduler.Gpus(queue.Request, first), pods * queue.Request.Cpu, pods * queue.Request.Memory);
    }

    private static QuotaUsageRow Row(Usage usage) => new(usage.Gpu, usage.Cpu * 1000, usage.Memory / Megabyte);
}
