using RunAi.Watching;

namespace RunAi.Tests.Watching;

/// <summary>A watcher over a script, with what it tells and when.</summary>
internal sealed class WatchBench
{
    public WatchBench() => Source = new ScriptedSource(Time);

    public JumpingTime Time { get; } = new();

    public ScriptedSource Source { get; }

    public RecordingLog Log { get; } = new();

    public List<(double At, WatchOutcome Outcome)> Ended { get; } = [];

    public List<WatchStatus> Progress { get; } = [];

    /// <summary>The one outcome there is.</summary>
    public WatchOutcome Outcome => Assert.Single(Ended).Outcome;

    public static WatchRequest Request(
        string id = "a",
        double? pending = null,
        double? workload = null,
        double? run = null,
        bool delete = false) => new(id)
        {
            Limits = new TimeLimits { Pending = Seconds(pending), Workload = Seconds(workload), Run = Seconds(run) },
            DeleteOnFailure = delete,
        };

    /// <summary>Waits with a new watcher, as a restarted waiter does.</summary>
    public Task WatchAsync(params WatchRequest[] requests) => WatchAsync(new WatchOptions(), default, requests);

    public Task WatchAsync(WatchOptions options, CancellationToken cancellationToken, params WatchRequest[] requests) =>
        new WorkloadWatcher(Source, Time, Log).WatchAsync(
            requests,
            options,
            outcome => Ended.Add((Source.Seconds, outcome)),
            Progress.Add,
            cancellationToken);

    private static TimeSpan? Seconds(double? seconds) => seconds is { } given ? TimeSpan.FromSeconds(given) : null;
}
