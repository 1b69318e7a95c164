using System.Globalization;
using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;
using RunAi.Watching;
using RunAi.Workloads;

namespace RunAi.Tests.Watching;

/// <summary>A project that answers lists and looks by id from a script in virtual seconds, as truly or falsely as a test wants.</summary>
internal sealed class ScriptedProject(TimeProvider time) : IWorkloadLister
{
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly Dictionary<string, List<(double At, string? Phase)>> _scripts = [];

    /// <summary>What the control plane's clock is ahead of the local one.</summary>
    public Func<double, TimeSpan> Skew { get; set; } = _ => TimeSpan.Zero;

    /// <summary>What the cluster's clock, which writes the times of phases, is ahead of the control plane's.</summary>
    public TimeSpan ClusterSkew { get; set; }

    /// <summary>How old the state is that a request of this number is answered from.</summary>
    public Func<int, double> Age { get; set; } = _ => 0;

    /// <summary>What becomes of the rows of a page: left out, doubled, turned around.</summary>
    public Func<int, List<WorkloadRecord>, IEnumerable<WorkloadRecord>> Garble { get; set; } = (_, rows) => rows;

    /// <summary>Called with each request before it is answered.</summary>
    public Func<string, CancellationToken, Task> OnRequest { get; set; } = (_, _) => Task.CompletedTask;

    public int PageSize { get; set; } = 500;

    /// <summary>Every request, as <c>list phaseUpdatedAt&gt;=3,name=^r +0</c> or <c>get a</c>, times in seconds.</summary>
    public List<string> Requests { get; } = [];

    public DateTimeOffset ServerTime => ServerTimeAt(Seconds);

    public double Seconds => (time.GetUtcNow() - _start).TotalSeconds;

    /// <summary>From this second on the workload is in this phase; null for gone.</summary>
    public ScriptedProject Then(string id, double at, string? phase)
    {
        if (!_scripts.TryGetValue(id, out var script))
        {
            _scripts[id] = script = [];
        }

        script.Add((at, phase));
        return this;
    }

    public async Task<Page<WorkloadRecord>> ListAsync(IReadOnlyList<string> filters, int offset, CancellationToken cancellationToken)
    {
        var number = await ReceiveAsync($"list {string.Join(",", filters.Select(Readable))} +{offset}", cancellationToken);
        var rows = _scripts.Keys.Select(id => Record(id, Seconds - Age(number))).OfType<WorkloadRecord>()
            .Where(row => filters.All(filter => Holds(filter, row))).ToList();
        var page = Garble(number, rows.Skip(offset).Take(PageSize).ToList()).ToList();
        return new Page<WorkloadRecord>(page, offset + PageSize < rows.Count ? offset + PageSize : null);
    }

    public async Task<WorkloadRecord?> GetAsync(string id, CancellationToken cancellationToken)
    {
        var number = await ReceiveAsync($"get {id}", cancellationToken);
        return _scripts.ContainsKey(id) ? Record(id, Seconds - Age(number)) : null;
    }

    public DateTimeOffset ServerTimeAt(double second) => _start + TimeSpan.FromSeconds(second) + Skew(second);

    private async Task<int> ReceiveAsync(string request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int number;
        lock (Requests)
        {
            Requests.Add(request);
            number = Requests.Count;
        }

        await OnRequest(request, cancellationToken);
        return number;
    }

    private WorkloadRecord? Record(string id, double second)
    {
        var (at, phase) = _scripts[id].FindLast(part => part.At <= Math.Max(0, second));
        return phase is null ? null : new WorkloadRecord
        {
            Id = id,
            Name = "run-" + id,
            Phase = phase,
            CreatedAt = ServerTimeAt(0),
            PhaseUpdatedAt = ServerTimeAt(at) + ClusterSkew,
            TotalRunningTimeSeconds = (long)Math.Ceiling(Ran(id, second)),
        };
    }

    private double Ran(string id, double second)
    {
        var script = _scripts[id];
        return script.Select((part, i) => !WorkloadPhases.IsRunning(part.Phase) ? 0
            : Math.Max(0, Math.Min(second, i + 1 < script.Count ? script[i + 1].At : second) - part.At)).Sum();
    }

    private string Readable(string filter) => filter.StartsWith("phaseUpdatedAt>=", StringComparison.Ordinal)
        ? FormattableString.Invariant($"phaseUpdatedAt>={Math.Round((Since(filter) - _start).TotalSeconds, 1)}")
        : filter;

    private static DateTimeOffset Since(string filter) =>
        DateTimeOffset.Parse(filter["phaseUpdatedAt>=".Length..], CultureInfo.InvariantCulture);

    private static bool Holds(string filter, WorkloadRecord row) => filter.Split("=^") is [_, var prefix]
        ? row.Name.StartsWith(prefix, StringComparison.Ordinal)
        : filter.Split("==") is [_, var name] ? row.Name == name : row.PhaseUpdatedAt >= Since(filter);
}
