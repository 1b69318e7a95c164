using System.Globalization;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Scheduling;

/// <summary>
/// Decides which waiting workload gets which devices. Work within its project's quota goes before work over it,
/// then the higher priority, then the one that waits longest. Touched under the gate only.
/// </summary>
internal sealed class Scheduler(Organisation organisation, TimeProvider clock, ISchedulingEffects effects)
{
    private readonly Dictionary<(string Project, int Priority, bool Preemptible, string Request), PendingQueue> _queues = [];
    private readonly Dictionary<NodePool, HashSet<Workload>> _running =
        organisation.NodePools.ToDictionary(pool => pool, _ => new HashSet<Workload>());
    private readonly Dictionary<string, Node> _nodes = organisation.Nodes.ToDictionary(node => node.Name);
    private bool _changed;

    public QuotaLedger Ledger { get; } = new();

    public IEnumerable<PendingQueue> Queues => _queues.Values;

    public void Enqueue(Workload workload)
    {
        var project = organisation.ProjectById(workload.ProjectId)!;
        var key = (project.Id, workload.Priority, workload.Preemptible, workload.Request.Key);
        if (!_queues.TryGetValue(key, out var queue))
        {
            _queues[key] = queue = new PendingQueue(project, workload.Priority, workload.Preemptible, workload.Request);
        }

        queue.Add(workload);
        _changed = true;
    }

    public static void Dequeue(Workload workload) => workload.Queue?.Remove(workload);

    /// <summary>Gives back what an ended pod held.</summary>
    public void Release(Workload workload, Pod pod)
    {
        pod.HoldsResources = false;
        var node = _nodes[pod.Placement.Node];
        node.Release(pod.Placement);
        Ledger.Release(
            organisation.ProjectById(workload.ProjectId)!, node.Pool, Usage.Of(pod.Placement), workload.Preemptible);
        if (!workload.LivePods.Any())
        {
            _running[node.Pool].Remove(workload);
        }

        _changed = true;
    }

    /// <summary>Takes again what a restored workload held before a restart.</summary>
    public void Readopt(Workload workload)
    {
        foreach (var pod in workload.LivePods)
        {
            var node = _nodes[pod.Placement.Node];
            node.Take(pod.Placement);
            Hold(workload, node.Pool, [pod.Placement]);
        }
    }

    /// <summary>Whether the devices a restored workload held still exist.</summary>
    public bool Knows(Placement placement) =>
        _nodes.TryGetValue(placement.Node, out var node)
        && node.Pool.Name == placement.NodePool
        && placement.Devices.All(device => device < node.DevicesUsed.Length);

    /// <summary>Takes for a new pod the place of one that has ended.</summary>
    public void Reuse(Workload workload, Placement placement)
    {
        var node = _nodes[placement.Node];
        node.Take(placement);
        Hold(workload, node.Pool, [placement]);
    }

    public void Touch() => _changed = true;

    /// <summary>Places what can be placed, if anything changed since the last pass.</summary>
    public void Pass()
    {
        while (_changed)
        {
            _changed = false;
            var reserved = new HashSet<NodePool>();
            foreach (var empty in _queues.Where(entry => entry.Value.Count == 0).Select(entry => entry.Key).ToList())
            {
                _queues.Remove(empty);
            }

            var left = Stage(_queues.Values, withinQuota: true, reserved);
            foreach (var queue in Stage(left.Where(queue => queue.Preemptible), withinQuota: false, reserved)
                .Concat(left.Where(queue => !queue.Preemptible)))
            {
                Block(queue);
            }
        }
    }

    /// <summary>Serves queues by priority and age; gives those that still have someone waiting.</summary>
    private List<PendingQueue> Stage(IEnumerable<PendingQueue> queues, bool withinQuota, HashSet<NodePool> reserved)
    {
        var order = new PriorityQueue<PendingQueue, (int, long)>();
        foreach (var queue in queues)
        {
            Push(order, queue);
        }

        var left = new List<PendingQueue>();
        while (order.TryDequeue(out var queue, out _))
        {
            if (TryPlace(queue, queue.Head()!, withinQuota, reserved))
            {
                Push(order, queue);
            }
            else
            {
                left.Add(queue);
            }
        }

        return left;
    }

    private static void Push(PriorityQueue<PendingQueue, (int, long)> order, PendingQueue queue)
    {
        if (queue.Head() is { } head)
        {
            order.Enqueue(queue, (-queue.Priority, head.Sequence));
        }
    }

    private bool TryPlace(PendingQueue queue, Workload workload, bool withinQuota, HashSet<NodePool> reserved)
    {
        var pools = Pools(queue).Where(pool => !reserved.Contains(pool)).ToList();
        foreach (var pool in pools.Where(pool => MayUse(queue, pool, withinQuota)))
        {
            if (Fit.Take(pool, queue.Request) is not { } placements)
            {
                continue;
            }

            Start(queue, workload, pool, placements);
            return true;
        }

        foreach (var pool in pools.Where(pool => MayEvict(queue, pool, withinQuota)))
        {
            var eviction = new Eviction(pool, queue, _nodes, Ledger, organisation);
            if (!eviction.TryPlan(_running[pool], withinQuota, clock.GetUtcNow(), out var victims))
            {
                continue;
            }
            // Nothing of lower rank may slip into the room that is being made.
            reserved.Add(pool);
            foreach (var victim in victims)
            {
                effects.Evicted(victim, workload, Why(queue, victim));
            }

            return false;
        }

        return false;
    }

    private void Start(PendingQueue queue, Workload workload, NodePool pool, List<Placement> placements)
    {
        queue.Remove(workload);
        Hold(workload, pool, placements);
        effects.Placed(workload, pool, placements);
    }

    private void Hold(Workload workload, NodePool pool, IReadOnlyList<Placement> placements)
    {
        var project = organisation.ProjectById(workload.ProjectId)!;
        foreach (var placement in placements)
        {
            Ledger.Take(project, pool, Usage.Of(placement), workload.Preemptible);
        }

        _running[pool].Add(workload);
    }

    private bool MayUse(PendingQueue queue, NodePool pool, bool withinQuota)
    {
        var gpus = Gpus(queue.Request, pool);
        return Ledger.Refusal(queue.Project, pool, gpus, queue.Preemptible) is null
            && (!withinQuota || !queue.Preemptible || Ledger.WithinQuota(queue.Project, pool, gpus));
    }

    /// <summary>As <see cref="MayUse"/>, but a project at its limit may replace its own work of lower priority.</summary>
    private bool MayEvict(PendingQueue queue, NodePool pool, bool withinQuota)
    {
        var gpus = Gpus(queue.Request, pool);
        return Fit.CouldEver(pool, queue.Request)
            && (MayUse(queue, pool, withinQuota)
                || (Ledger.Refusal(queue.Project, pool, gpus, queue.Preemptible) is { PhaseReason: "OverLimit", OrgType: "PROJECT" }
                    && gpus <= queue.Project.Quotas.First(quota => quota.Pool == pool).Limit));
    }

    private void Block(PendingQueue queue)
    {
        var pools = Pools(queue).ToList();
        var refusals = pools
            .Select(pool => Ledger.Refusal(queue.Project, pool, Gpus(queue.Request, pool), queue.Preemptible))
            .OfType<QuotaRefusal>().ToList();
        var reason = string.Join(" ", pools.Select(pool =>
            refusals.FirstOrDefault(refusal => refusal.NodePool == pool.Name)?.UserMessage ?? Shortage(pool, queue.Request)));
        foreach (var workload in queue.Block(reason, refusals))
        {
            effects.Blocked(workload, reason);
        }
    }

    private IEnumerable<NodePool> Pools(PendingQueue queue) => queue.Request.NodePools is []
        ? queue.Project.DefaultNodePools
        : queue.Request.NodePools.Select(organisation.PoolByName).OfType<NodePool>();

    /// <summary>GPUs all pods of a request hold together in a pool.</summary>
    internal static decimal Gpus(ResourceRequest request, NodePool pool) => request.Parts.Sum(part => part.Devices == 0
        ? 0
        : part.Slots * part.Devices * (pool.DeviceMemory is { } memory ? part.PortionOf(memory) : part.Portion));

    private static string Shortage(NodePool pool, ResourceRequest request)
    {
        var shortage = Fit.CouldEver(pool, request)
            ? "Not enough resources in the requested nodepool"
            : "No node could ever fit the request in the requested nodepool";
        return string.Create(CultureInfo.InvariantCulture, $"{shortage} {pool.Name}: {Ask(request)}.");
    }

    private static string Ask(ResourceRequest request) => string.Join(" and ", request.Parts.Select(AskOfPart));

    private static string AskOfPart(ResourceRequest request)
    {
        var gpu = request.Devices == 0
            ? "no GPU"
            : request.DeviceMemory is { } bytes
                ? $"{request.Devices} GPU with {Quantity.Format(bytes)} of its memory"
                : string.Create(CultureInfo.InvariantCulture, $"{request.Devices} x {request.Portion:0.######} GPU");
        var type = request.NodeType is null ? "" : $", node type {request.NodeType}";
        return string.Create(CultureInfo.InvariantCulture,
            $"{request.Slots} pod(s) of {gpu}, {request.Cpu:0.###} cores, {Quantity.Format(request.Memory)} memory{type}");
    }

    private static string Why(PendingQueue queue, Workload victim) => victim.ProjectId == queue.Project.Id
        ? $"Preempted by a workload of priority {queue.Priority} of the same project"
        : $"Reclaimed: project {queue.Project.Name} is entitled to the resources that were used over quota";
}
