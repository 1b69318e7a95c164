using RunAi.Emulator.State;

namespace RunAi.Emulator.Scheduling;

/// <summary>Finds room for the pods of one workload in one node pool: all of them, or none. A leader takes the first place.</summary>
internal static class Fit
{
    /// <summary>The placements, already taken on their nodes; null when there is no room.</summary>
    public static List<Placement>? Take(NodePool pool, ResourceRequest request)
    {
        var taken = new List<(Node Node, Placement Placement)>();
        foreach (var part in request.Parts.SelectMany(part => Enumerable.Repeat(part, part.Slots)))
        {
            var best = pool.Nodes
                .Select(node => (Node: node, Placement: On(node, part)))
                .Where(found => found.Placement is not null)
                .OrderBy(found => Score(found.Node, found.Placement!))
                .FirstOrDefault();
            if (best.Placement is null)
            {
                taken.ForEach(t => t.Node.Release(t.Placement));
                return null;
            }

            best.Node.Take(best.Placement);
            taken.Add((best.Node, best.Placement));
        }

        return [.. taken.Select(t => t.Placement)];
    }

    /// <summary>Whether an empty pool would have room: if not, waiting is in vain.</summary>
    public static bool CouldEver(NodePool pool, ResourceRequest request) => request.Parts.All(part => pool.Nodes.Any(node =>
        NodeSelection.Admits(node, part)
        && (part.Devices == 0
            || (node.DevicesUsed.Length >= part.Devices && part.PortionOf(node.DeviceMemory) <= 1))));

    private static Placement? On(Node node, ResourceRequest request)
    {
        if (node.CpuFree < request.Cpu || node.MemoryFree < request.Memory || !NodeSelection.Admits(node, request))
        {
            return null;
        }

        var portion = request.Devices == 0 ? 0 : request.PortionOf(node.DeviceMemory);
        var devices = Devices(node, request.Devices, portion);
        return devices is null
            ? null
            : new Placement
            {
                Node = node.Name,
                NodePool = node.Pool.Name,
                Devices = devices,
                Portion = portion,
                Cpu = request.Cpu,
                Memory = request.Memory,
            };
    }

    /// <summary>Distinct devices with room, the fullest first when packing, the emptiest first when spreading.</summary>
    private static List<int>? Devices(Node node, int count, decimal portion)
    {
        if (count == 0)
        {
            return [];
        }

        var fitting = Enumerable.Range(0, node.DevicesUsed.Length).Where(i => node.DevicesUsed[i] + portion <= 1);
        var ordered = node.Pool.BinPack
            ? fitting.OrderByDescending(i => node.DevicesUsed[i])
            : fitting.OrderBy(i => node.DevicesUsed[i]);
        var chosen = ordered.Take(count).ToList();
        return chosen.Count == count ? chosen : null;
    }

    /// <summary>Lower is better: CPU work keeps off GPU nodes, GPU work packs or spreads as its pool says.</summary>
    private static decimal Score(Node node, Placement placement)
    {
        if (placement.Devices.Count == 0)
        {
            return node.DevicesUsed.Length;
        }

        var fullness = placement.Devices.Sum(device => node.DevicesUsed[device]) * 1000 + node.DevicesUsed.Sum();
        return node.Pool.BinPack ? -fullness : fullness;
    }
}
