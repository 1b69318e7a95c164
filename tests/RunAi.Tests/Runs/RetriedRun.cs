using System.Collections;
using RunAi.Artifacts;
using RunAi.RunManifest;
using RunAi.Runs;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Runs;

/// <summary>
/// A run with a retry policy, on a control plane and a store of its own, whose attempts end for the reasons that a test gives.
/// </summary>
public abstract class RetriedRun
{
    protected const string Preempted = "Evict";
    protected const string NodeLost = "NodeLost";
    protected const string UserCode = "BackoffLimitExceeded";

    private protected static readonly Hashtable Policy = new() { ["Preempted"] = 2, ["Infrastructure"] = 1, ["Backoff"] = 10 };

    private protected RetriedRun() => Plane = new WorkloadPlane { Clock = Clock };

    private protected TestClock Clock { get; } = new();

    private protected WorkloadPlane Plane { get; }

    private protected MemoryStore Store { get; } = new();

    private protected RunClient Client(OwnerState? others = null) => new(Plane, Store, Clock, others);

    private protected static Task<StepRun> SubmitAsync(RunClient client, Hashtable? policy = null) =>
        client.SubmitAsync(change: step => step.Retry = policy ?? Policy);

    /// <summary>Follows a run whose attempts end for these reasons; null is a success.</summary>
    private protected Task<(StepRun Run, RunAiException? Failure)> FollowAsync(RunClient client, StepRun run, params string?[] reasons) =>
        Clock.DriveAsync(client.Attempts().FollowAsync(run, Ends(client, reasons), default));

    private protected static Func<StepRun, CancellationToken, Task<RunAiException?>> Ends(RunClient client, params string?[] reasons)
    {
        var queue = new Queue<string?>(reasons);
        return (run, ct) => EndAsync(client, run, queue.Dequeue(), ct);
    }

    private protected static async Task<RunAiException?> EndAsync(RunClient client, StepRun run, string? reason, CancellationToken ct)
    {
        if (reason is null)
        {
            var result = new RunResult { RunId = run.RunId, Attempt = run.Attempt, Outcome = RunOutcome.Succeeded, ExitCode = 0 };
            client.Store.Objects[RunKeys.Result(run.RunId, run.Attempt)] = StoredJson.Bytes(result);
        }

        var ending = reason is null ? Endings.Completed(run) : Endings.FailedFor(run, reason, client.Connection.Client.Session.ServerTime);
        return await new RunFinalizer(client.Store, client.Journal, client.Log, () => 0.5).FinalizeAsync(run, ending, ct);
    }
}
