using System.Management.Automation;
using RunAi.Operators;
using RunAi.PowerShell.Binding;
using RunAi.Runs;
using RunAi.Runs.Retries;
using RunAi.Watching;

namespace RunAi.PowerShell.Pipeline;

/// <summary>Waits for workloads and runs of one step operator. A run that is tried again is waited for to the end of its last attempt.</summary>
internal sealed class WorkloadWaiter
{
    private readonly StepOperatorConnection _connection;
    private readonly CommandContext _context;
    private readonly PSCmdlet _command;
    private readonly RunServices _support;

    public WorkloadWaiter(StepOperatorConnection connection, CommandContext context, PSCmdlet command)
    {
        _connection = connection;
        _context = context;
        _command = command;
        _support = new RunServices(context);
    }

    /// <summary>The limits of a run, or of a workload that is no run.</summary>
    public required Func<StepRun?, TimeLimits> Limits { get; init; }

    /// <summary>True to wait on while a workload is suspended.</summary>
    public bool WhileStopped { get; init; }

    /// <summary>The store that has the records of runs without a store of their own; null for none.</summary>
    public string? RecordStore { get; init; }

    /// <summary>Waits for all of them.</summary>
    /// <param name="identities">What to wait for.</param>
    /// <param name="ended">Gets each run or workload at its end, and its failure.</param>
    /// <param name="token">Ends the wait; the workloads go on.</param>
    public async Task WaitAsync(IEnumerable<WorkloadIdentity> identities, Action<object, RunAiException?> ended, CancellationToken token)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(token);
        var goingOn = new List<Task>();
        try
        {
            await WaitAsync(identities, goingOn, ended, over.Token).ConfigureAwait(false);
        }
        catch
        {
            // Nothing is submitted for a wait that is over.
            over.Cancel();
            throw;
        }

        await Task.WhenAll(goingOn).ConfigureAwait(false);
    }

    private async Task WaitAsync(IEnumerable<WorkloadIdentity> identities, List<Task> goingOn, Action<object, RunAiException?> ended, CancellationToken token)
    {
        var runs = new Dictionary<string, StepRun?>(StringComparer.OrdinalIgnoreCase);
        var requests = new List<WatchRequest>();
        foreach (var identity in identities)
        {
            if (identity.Run is { NextAttemptAt: not null } between)
            {
                goingOn.Add(GoOnAsync(between, null, ended, token));
                continue;
            }

            var id = await _connection.WorkloadIdAsync(identity.Id, identity.Text, token).ConfigureAwait(false);
            if (!runs.ContainsKey(id))
            {
                runs.Add(id, identity.Run);
                requests.Add(Request(id, identity.Text, identity.Run));
            }
        }

        var conclusions = Task.CompletedTask;
        using var view = new WatchProgressView(_context.Pump, _command, _context.Session.Time);
        await WaitAsync(requests, ending => conclusions = ConcludeAsync(conclusions, ending), view.Show, token).ConfigureAwait(false);
        await conclusions.ConfigureAwait(false);

        async Task ConcludeAsync(Task before, WorkloadResult ending)
        {
            if (runs[ending.Outcome.Workload.WorkloadId] is not { } run)
            {
                await before.ConfigureAwait(false);
                ended(ending.Outcome.Workload, ending.Failure);
                return;
            }

            var failure = await ConcludeRunAsync(run, ending, token).ConfigureAwait(false);
            await before.ConfigureAwait(false);
            if (run.HasNextAttempt || run.Verdict is not null)
            {
                goingOn.Add(GoOnAsync(run, failure, ended, token));
                return;
            }

            ended(run, failure);
        }
    }

    /// <summary>Follows a run whose attempt is over to the end of its last.</summary>
    private async Task GoOnAsync(StepRun run, RunAiException? failure, Action<object, RunAiException?> ended, CancellationToken token)
    {
        var (store, journal) = await PlacesAsync(run, token).ConfigureAwait(false);
        var owners = await _support.OwnersAsync(token).ConfigureAwait(false);
        var attempts = new RunAttempts(new RunContext(_connection, _context.Session.Time, journal, owners, _context.Log), store);
        try
        {
            (run, failure) = await attempts.FollowAsync(run, AttendAsync, token, failure).ConfigureAwait(false);
        }
        catch (RunAiException refused)
        {
            failure = refused;
        }

        ended(run, failure);
    }

    private async Task<RunAiException?> AttendAsync(StepRun attempt, CancellationToken token)
    {
        WorkloadResult? ending = null;
        await WaitAsync([Request(attempt.WorkloadId!, attempt.WorkloadName, attempt)], result => ending = result, _ => { }, token).ConfigureAwait(false);
        return await ConcludeRunAsync(attempt, ending!, token).ConfigureAwait(false);
    }

    private Task WaitAsync(IReadOnlyList<WatchRequest> requests, Action<WorkloadResult> ended, Action<WatchStatus> progress, CancellationToken token) =>
        new WorkloadWait(_connection, _context.Session.Time, _context.Log).WaitAsync(requests, WhileStopped, ended, progress, token);

    private async Task<RunAiException?> ConcludeRunAsync(StepRun run, WorkloadResult ending, CancellationToken token)
    {
        var (store, journal) = await PlacesAsync(run, token).ConfigureAwait(false);
        return await new RunFinalizer(store, journal, _context.Log).FinalizeAsync(run, ending, token).ConfigureAwait(false);
    }

    private async Task<(Artifacts.IArtifactStore? Store, RunJournal Journal)> PlacesAsync(StepRun run, CancellationToken token)
    {
        var store = await _support.StoreAsync(run.ArtifactStore, token).ConfigureAwait(false);
        var recorded = store ?? await _support.StoreAsync(RecordStore, token).ConfigureAwait(false);
        return (store, await _support.JournalAsync(recorded, token).ConfigureAwait(false));
    }

    private WatchRequest Request(string id, string name, StepRun? run) => new(id, name)
    {
        DeleteOnFailure = run is not null && _connection.Operator.DeleteOnFailure,
        Limits = Limits(run),
    };
}
