using RunAi.Watching;

namespace RunAi.Tests.Watching;

/// <summary>A control plane that follows a script in virtual seconds: each workload's phases, and trouble of any kind.</summary>
internal sealed class ScriptedSource : IWorkloadSource
{
    private const int TooManyLooks = 50_000;
    private readonly JumpingTime _time;
    private readonly Dictionary<string, List<(double At, string? Phase, Action<Workload>? More)>> _scripts = [];
    private readonly HashSet<string> _told = [];

    public ScriptedSource(JumpingTime time) => _time = time;

    /// <summary>The server's clock minus the local one.</summary>
    public TimeSpan Skew { get; set; }

    /// <summary>What a look at this second throws, or null.</summary>
    public Func<double, Exception?> LookTrouble { get; set; } = _ => null;

    /// <summary>What a stop or delete at this second throws, or null.</summary>
    public Func<string, double, Exception?> CallTrouble { get; set; } = (_, _) => null;

    /// <summary>True to tell of a workload only when it changed, as an incremental look does.</summary>
    public bool OnlyChanges { get; set; }

    /// <summary>How much earlier what a look at this second tells was seen; 0 for now.</summary>
    public Func<double, double> LateBy { get; set; } = _ => 0;

    public List<double> Looks { get; } = [];

    /// <summary>Every stop and delete asked for, as <c>stop a @ 12.5</c>.</summary>
    public List<string> Calls { get; } = [];

    public double Seconds => (_time.GetUtcNow() - _time.Start).TotalSeconds;

    /// <summary>From this second on the workload is in this phase; null for gone.</summary>
    public ScriptedSource Then(string id, double at, string? phase, Action<Workload>? more = null)
    {
        if (!_scripts.TryGetValue(id, out var script))
        {
            _scripts[id] = script = [];
        }

        script.Add((at, phase, more));
        return this;
    }

    public IWorkloadSubscription Subscribe(IReadOnlyCollection<WatchRequest> requests) =>
        new Subscription(this, requests.Select(request => request.WorkloadId));

    private Task<PollResult> LookAsync(
        IReadOnlyCollection<string> ids, IReadOnlyCollection<string> refreshIds, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var now = Seconds;
        Looks.Add(now);
        Assert.True(Looks.Count < TooManyLooks, "The watcher looks for ever.");
        if (LookTrouble(now) is { } trouble)
        {
            throw trouble;
        }

        var (seen, late) = (now - LateBy(now), new List<string>());
        var found = new List<Workload>();
        var missing = new List<string>();
        foreach (var id in ids)
        {
            var (at, phase, more) = _scripts[id].FindLast(part => part.At <= seen);
            if (phase is null)
            {
                missing.Add(id);
            }
            else if (!OnlyChanges || _told.Add($"{id} {at}") || refreshIds.Contains(id))
            {
                var workload = new Workload
                {
                    WorkloadId = id,
                    Name = "name-" + id,
                    Phase = phase,
                    CreatedAt = ServerTime(0),
                    PhaseUpdatedAt = ServerTime(at),
                };
                more?.Invoke(workload);
                found.Add(workload);
                if (seen < now)
                {
                    late.Add(id);
                }
            }
        }

        return Task.FromResult(new PollResult(ServerTime(now), found, missing, late));
    }

    public Task StopAsync(string id, CancellationToken cancellationToken) => Call("stop", id);

    public Task DeleteAsync(string id, CancellationToken cancellationToken) => Call("delete", id);

    public DateTimeOffset ServerTime(double second) => _time.Start + Skew + TimeSpan.FromTicks((long)(second * TimeSpan.TicksPerSecond));

    private Task Call(string what, string id)
    {
        Calls.Add($"{what} {id} @ {Math.Round(Seconds, 3)}");
        return CallTrouble(what, Seconds) is { } trouble ? throw trouble : Task.CompletedTask;
    }

    private sealed class Subscription(ScriptedSource source, IEnumerable<string> ids) : IWorkloadSubscription
    {
        private readonly List<string> _ids = [.. ids];

        public Task<PollResult> PollAsync(IReadOnlyCollection<string> refreshIds, CancellationToken cancellationToken) =>
            source.LookAsync([.. _ids], refreshIds, cancellationToken);

        public void Unsubscribe(string id) => _ids.Remove(id);

        public Task SleepAsync(TimeSpan atMost, CancellationToken cancellationToken) => source._time.DelayAsync(atMost, cancellationToken);

        public void Dispose() => _ids.Clear();
    }
}
