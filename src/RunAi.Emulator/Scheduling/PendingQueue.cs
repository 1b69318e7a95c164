using RunAi.Emulator.State;

namespace RunAi.Emulator.Scheduling;

/// <summary>
/// Waiting workloads that fare alike: one project, priority, preemptibility and request. If the first finds no
/// room neither does the rest, so a pass looks at each queue once, however long it is.
/// </summary>
internal sealed class PendingQueue(Project project, int priority, bool preemptible, ResourceRequest request)
{
    private readonly Queue<(Workload Workload, int Plan)> _waiting = new();
    private readonly List<(Workload Workload, int Plan)> _unnotified = [];

    public Project Project { get; } = project;

    public int Priority { get; } = priority;

    public bool Preemptible { get; } = preemptible;

    public ResourceRequest Request { get; } = request;

    public int Count { get; private set; }

    /// <summary>Why the first of them waits, in words.</summary>
    public string Reason { get; private set; } = "";

    public IReadOnlyList<QuotaRefusal> Refusals { get; private set; } = [];

    public void Add(Workload workload)
    {
        workload.Queue = this;
        Count++;
        _waiting.Enqueue((workload, workload.Plan));
        _unnotified.Add((workload, workload.Plan));
    }

    public void Remove(Workload workload)
    {
        workload.Queue = null;
        Count--;
    }

    /// <summary>The workload that waits longest, or null.</summary>
    public Workload? Head()
    {
        while (_waiting.TryPeek(out var first))
        {
            if (IsCurrent(first))
            {
                return first.Workload;
            }

            _waiting.Dequeue();
        }

        return null;
    }

    /// <summary>Keeps why they wait; gives those who have not been told yet.</summary>
    public IReadOnlyList<Workload> Block(string reason, IReadOnlyList<QuotaRefusal> refusals)
    {
        (Reason, Refusals) = (reason, refusals);
        var tell = _unnotified.Where(IsCurrent).Select(entry => entry.Workload).ToList();
        _unnotified.Clear();
        return tell;
    }

    private bool IsCurrent((Workload Workload, int Plan) entry) =>
        entry.Workload.Queue == this && entry.Workload.Plan == entry.Plan;
}
