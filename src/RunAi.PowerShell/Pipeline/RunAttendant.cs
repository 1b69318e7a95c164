using System.Management.Automation;
using RunAi.Artifacts;
using RunAi.Operators;
using RunAi.Runs;
using RunAi.Runs.Log;
using RunAi.Runs.Retries;
using RunAi.Watching;

namespace RunAi.PowerShell.Pipeline;

/// <summary>Waits for a run's end, attempt after attempt, with progress and its live log, and concludes it.</summary>
internal sealed class RunAttendant
{
    private readonly StepOperatorConnection _connection;
    private readonly CommandContext _context;
    private readonly PSCmdlet _command;
    private RunAttempts? _attempts;
    private StepRun? _first;

    public RunAttendant(StepOperatorConnection connection, CommandContext context, PSCmdlet command)
    {
        _connection = connection;
        _context = context;
        _command = command;
    }

    /// <summary>The name of the workload that there may be by now; null between two attempts.</summary>
    public string? WorkloadName => _attempts is { } begun ? begun.WorkloadName : _first?.WorkloadName;

    /// <summary>Its id, once it is known.</summary>
    public string? WorkloadId => (_attempts is { } begun ? begun.Attended : _first)?.WorkloadId;

    /// <summary>Brings the run to its end.</summary>
    /// <param name="run">A run with a workload, or one that is between two attempts.</param>
    /// <param name="store">The run's store; null for a run without the step runner.</param>
    /// <param name="journal">Where it is recorded.</param>
    /// <param name="token">Ends the wait; the workload goes on.</param>
    /// <returns>The run, and the failure of its last attempt, or null for a success.</returns>
    public async Task<(StepRun Run, RunAiException? Failure)> FollowAsync(StepRun run, IArtifactStore? store, RunJournal journal, CancellationToken token)
    {
        _first = run;
        var owners = await new RunServices(_context).OwnersAsync(token).ConfigureAwait(false);
        var attempts = new RunAttempts(new RunContext(_connection, _context.Session.Time, journal, owners, _context.Log), store);
        var following = attempts.FollowAsync(run, (attempt, ct) => AttendOneAsync(attempt, store, journal, ct), token);
        _attempts = attempts;
        return await following.ConfigureAwait(false);
    }

    private async Task<RunAiException?> AttendOneAsync(StepRun run, IArtifactStore? store, RunJournal journal, CancellationToken token)
    {
        var ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var log = store is null ? Task.CompletedTask : new LiveLog(_context, _command).ShowAsync(LogOf(run, store), ended.Task, token);
        var ending = await WaitAsync(run, token).ConfigureAwait(false);
        ended.SetResult(true);
        await log.ConfigureAwait(false);
        return await new RunFinalizer(store, journal, _context.Log).FinalizeAsync(run, ending, token).ConfigureAwait(false);
    }

    /// <summary>The log of the attempt that is waited for; that of earlier ones has been told.</summary>
    private static ILogSource LogOf(StepRun run, IArtifactStore store)
    {
        var begin = new LogPosition(run.Attempt, 0, default);
        return run.Replicas.Length == 0
            ? new RunLog(store, run.RunId, begin) { Attempt = run.Attempt }
            : new ReplicaLog(store, run, after: run.Replicas.ToDictionary(replica => replica.Name, _ => begin));
    }

    private async Task<WorkloadResult> WaitAsync(StepRun run, CancellationToken token)
    {
        var request = new WatchRequest(run.WorkloadId!, run.WorkloadName)
        {
            DeleteOnFailure = _connection.Operator.DeleteOnFailure,
            Limits = RunLimits.Of(run),
        };
        WorkloadResult? ending = null;
        using var view = new WatchProgressView(_context.Pump, _command, _context.Session.Time);
        await new WorkloadWait(_connection, _context.Session.Time, _context.Log)
            .WaitAsync([request], whileStopped: false, result => ending = result, view.Show, token).ConfigureAwait(false);
        return ending!;
    }
}
