using RunAi.ControlPlane;
using RunAi.Operators;

namespace RunAi.Watching;

/// <summary>Waits for workloads of one step operator and tells how each ended, with the events that say why.</summary>
internal sealed class WorkloadWait
{
    private const int LastEvents = 10;

    private readonly StepOperatorConnection _connection;
    private readonly WorkloadWatcher _watcher;
    private readonly IActivityLog _log;

    public WorkloadWait(StepOperatorConnection connection, TimeProvider time, IActivityLog log)
    {
        _connection = connection;
        _log = log;
        var hub = LookHubs.Of(connection.Client.Session, connection.Operator.ProjectName);
        var lister = new ProjectLister(connection.Client, connection.ProjectAsync);
        _watcher = new WorkloadWatcher(new ControlPlaneSource(connection.Client, hub, lister), time, log);
    }

    /// <summary>Waits until all have ended; <paramref name="ended"/> gets each in the order of their ends.</summary>
    public async Task WaitAsync(
        IEnumerable<WatchRequest> requests,
        bool whileStopped,
        Action<WorkloadEnding> ended,
        Action<WatchStatus> progress,
        CancellationToken cancellationToken)
    {
        var telling = Task.CompletedTask;
        var options = new WatchOptions { MonitoringInterval = _connection.Operator.MonitoringInterval, WhileStopped = whileStopped };
        try
        {
            await _watcher.WatchAsync(requests, options, outcome => telling = TellAsync(telling, outcome), progress, cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            await telling.ConfigureAwait(false);
        }

        async Task TellAsync(Task before, WatchOutcome outcome)
        {
            var ending = await ConcludeAsync(outcome, cancellationToken).ConfigureAwait(false);
            await before.ConfigureAwait(false);
            ended(ending);
        }
    }

    private async Task<WorkloadEnding> ConcludeAsync(WatchOutcome outcome, CancellationToken cancellationToken)
    {
        var workload = outcome.Workload;
        workload.StepOperator = _connection.Operator.Name;
        workload.Url = WorkloadUrl.Of(_connection.Operator.RunAiBaseUrl, workload.Name);
        if (outcome.Kind == WatchOutcomeKind.Completed)
        {
            return new WorkloadEnding(outcome, null, _connection.Client.Session.ServerTime);
        }

        var events = await EventsAsync(workload, cancellationToken).ConfigureAwait(false);
        return new WorkloadEnding(outcome, OutcomeException.From(outcome, events), _connection.Client.Session.ServerTime);
    }

    private async Task<IReadOnlyList<string>> EventsAsync(Workload workload, CancellationToken cancellationToken)
    {
        try
        {
            var events = await _connection.Client.ListEventsAsync(workload.WorkloadId, LastEvents, cancellationToken).ConfigureAwait(false);
            return [.. events.OrderBy(e => e.CreatedAt).Select(e => $"{e.CreatedAt:HH:mm:ss} {e.Type} {e.Reason}: {e.Message}")];
        }
        catch (RunAiApiException e)
        {
            _log.Verbose($"The events of workload {workload.Name} could not be read: {e.Message}");
            return [];
        }
    }
}
