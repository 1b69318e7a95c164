using System.Globalization;

namespace RunAi.Preflight;

/// <summary>How a request stands in one node pool, with the numbers in words.</summary>
/// <param name="Standing">How it stands.</param>
/// <param name="Message">Why.</param>
/// <param name="Field">The parameter to change; null when none need be.</param>
/// <param name="Remedy">What to do; null when nothing need be done.</param>
internal sealed record Placement(PlacementStanding Standing, string Message, string? Field = null, string? Remedy = null)
{
    /// <summary>True for a step that a pool may take as it is, at once or later.</summary>
    public bool IsPossible => Standing != PlacementStanding.NeverFits;

    /// <summary>Judges a request: first whether it can ever run there, then whether it may, then whether it can now.</summary>
    /// <param name="request">What it asks for.</param>
    /// <param name="isPreemptible">Whether it may lose its place to others.</param>
    /// <param name="pool">The node pool.</param>
    public static Placement Of(GpuRequest request, bool isPreemptible, PoolCapacity pool)
    {
        if (pool.Nodes is { Count: 0 })
        {
            return Never("no node of it is ready", nameof(StepSettings.NodePools), "Name another node pool, or ask an administrator.");
        }

        if (request.Devices == 0)
        {
            return new Placement(PlacementStanding.WithinQuota, "asks for no GPU");
        }

        // Where devices differ, the largest counts: it takes the smallest share of it.
        var device = pool.Nodes?.Max(node => node.DeviceBytes);
        return TooLarge(request, pool, device)
            ?? ByQuota(request, isPreemptible, pool, request.Total(device) ?? request.Devices * request.Pods, device);
    }

    private static Placement? TooLarge(GpuRequest request, PoolCapacity pool, decimal? device)
    {
        if (pool.Nodes is null)
        {
            return null;
        }

        var most = pool.Nodes.Max(node => node.Gpus);
        return request.Devices > most
                ? Never(
                    $"asks for {request.Devices} GPUs on one node, and no node has more than {most}",
                    nameof(StepSettings.GpuDevicesRequest),
                    most == 0 ? "Name a node pool with GPUs." : $"Ask for at most {most}, or name another node pool.")
            : request.DeviceBytes > device
                ? Never(
                    $"asks for {MemorySize.Like(request.DeviceText, request.DeviceBytes.Value)} of a GPU's memory, and no GPU has more "
                    + $"than {MemorySize.Like(request.DeviceText, device.Value)}",
                    nameof(StepSettings.GpuMemoryRequest), "Ask for less, or name a node pool with larger GPUs.")
            : null;
    }

    private static Placement ByQuota(GpuRequest request, bool isPreemptible, PoolCapacity pool, decimal asked, decimal? device)
    {
        var (after, what) = (pool.Allocated + asked, $"asks for {Gpus(asked)}");
        var quota =
            $"of the project's quota of {Gpus(pool.Deserved)} {Number(pool.Allocated)} {(pool.Allocated == 1 ? "is" : "are")} in use";
        if (asked > pool.Limit)
        {
            return Never(
                $"{what}, more than the project's limit of {Gpus(pool.Limit.Value)}", nameof(StepSettings.GpuDevicesRequest),
                $"Ask for at most {Number(pool.Limit.Value)}.");
        }

        if (!isPreemptible && asked > pool.Deserved)
        {
            return Never(
                $"{what} and is non-preemptible, which only quota can cover: the project's is {Gpus(pool.Deserved)}",
                nameof(StepSettings.Preemptibility), "Make it preemptible, or ask for less.");
        }

        if (!isPreemptible && pool.NonPreemptible + asked > pool.Deserved)
        {
            return new Placement(
                PlacementStanding.OverQuota,
                $"{what} and is non-preemptible, and {Number(pool.NonPreemptible)} of the project's quota of {Gpus(pool.Deserved)} are "
                + "held by such workloads: it waits until they end",
                nameof(StepSettings.Preemptibility), "Make it preemptible, or wait.");
        }

        if (after > pool.Limit)
        {
            return new Placement(
                PlacementStanding.DoesNotFitNow,
                $"{what}, and of the project's limit of {Gpus(pool.Limit.Value)} {Number(pool.Allocated)} are in use: it waits");
        }

        var isCovered = after <= pool.Deserved;
        return Room(request, pool, device) is { } full
            ? new Placement(
                PlacementStanding.DoesNotFitNow,
                $"{what}; {quota}; {full}: it waits{(isCovered ? ", or takes the place of others that are over their quota" : "")}")
            : isCovered
            ? new Placement(PlacementStanding.WithinQuota, $"{what}; {quota}{Free(pool)}")
            : new Placement(PlacementStanding.OverQuota, $"{what}; {quota}, so it is over quota and may be preempted{Free(pool)}");
    }

    /// <summary>What is free, when no node has room for a pod; null when one has, or nobody knows.</summary>
    private static string? Room(GpuRequest request, PoolCapacity pool, decimal? device)
    {
        if (request.ShareOf(device) is not { } share || pool.Nodes is not { } nodes || nodes.Any(node => node.Free is null))
        {
            return null;
        }

        var free = nodes.Max(node => node.Free)!.Value;
        return free < share * request.Devices ? $"no node has more than {Number(free)} free" : null;
    }

    private static string Free(PoolCapacity pool) =>
        pool.Nodes?.All(node => node.Free is not null) == true
            ? $"; {Number(pool.Nodes.Sum(node => node.Free)!.Value)} of {pool.Nodes.Sum(node => node.Gpus)} GPUs are free"
            : "";

    private static Placement Never(string message, string field, string remedy) => new(PlacementStanding.NeverFits, message, field, remedy);

    private static string Gpus(decimal count) => count == 1 ? "1 GPU" : $"{Number(count)} GPUs";

    private static string Number(decimal number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
