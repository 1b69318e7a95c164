using RunAi.Diagnosis;
using RunAi.Measuring;
using RunAi.Operators;
using RunAi.Workloads;

namespace RunAi.Watching;

/// <summary>Waits for workloads of one step operator and tells how each ended and why.</summary>
internal sealed class WorkloadWait
{
    private const int ExaminedAtOnce = 4;

    private readonly StepOperatorConnection _connection;
    private readonly WorkloadWatcher _watcher;
    private readonly WorkloadDiagnoser _diagnoser;
    private readonly TimeProvider _time;
    private readonly IActivityLog _log;

    public WorkloadWait(StepOperatorConnection connection, TimeProvider time, IActivityLog log)
    {
        _connection = connection;
        _time = time;
        _log = log;
        _diagnoser = new WorkloadDiagnoser(connection.Client, time);
        var poller = WorkloadPollers.Of(connection.Client.Session, connection.Operator.ProjectName);
        var lister = new ProjectLister(connection.Client, connection.ProjectAsync);
        _watcher = new WorkloadWatcher(new ControlPlaneSource(connection.Client, poller, lister), time, log);
    }

    /// <summary>Waits until all have ended; <paramref name="ended"/> gets each in the order of their ends.</summary>
    /// <param name="requests">The workloads.</param>
    /// <param name="whileStopped">True to wait on while a workload is suspended.</param>
    /// <param name="ended">Gets each result.</param>
    /// <param name="progress">Gets how the wait stands after each poll.</param>
    /// <param name="cancellationToken">Ends the wait; the workloads go on.</param>
    /// <param name="hint">Gives a sign when one has most likely ended; null when nothing does.</param>
    /// <exception cref="RunAiAuthenticationException">The credential is refused and never worked; later refusals only lengthen the
    /// wait.</exception>
    /// <exception cref="SecretNotFoundException">The reference to the secret leads nowhere, and no token was ever got with it.</exception>
    public async Task WaitAsync(
        IEnumerable<WatchRequest> requests,
        bool whileStopped,
        Action<WorkloadResult> ended,
        Action<WatchStatus> progress,
        CancellationToken cancellationToken,
        EndHint? hint = null)
    {
        await TryCredentialAsync(cancellationToken).ConfigureAwait(false);
        hint ??= new EndHint();
        var telling = Task.CompletedTask;
        using var limit = new ConcurrencyLimit(ExaminedAtOnce);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reasons = new PendingReasons(WhyAsync, _time, WarnThatItNeverFits);
        var gpuUse = new GpuUseWatch(new MetricReader(_connection.Client.WithLog(SilentLog.Instance)), _time, hint.Give, over.Token);
        var options = new WatchOptions
        {
            MonitoringInterval = _connection.Operator.MonitoringInterval,
            WhileStopped = whileStopped,
            Hint = hint,
            NeverFits = reasons.NeverFits,
            GpuUse = gpuUse,
        };
        try
        {
            await _watcher.WatchAsync(requests, options, outcome => telling = TellAsync(telling, outcome), Show, cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            over.Cancel();
            await telling.ConfigureAwait(false);
        }

        void WarnThatItNeverFits(WatchProgress waiting, WorkloadDiagnosis diagnosis)
        {
            _log.Warning($"{waiting.Name} waits in vain. {diagnosis.Summary} {string.Join(" ", diagnosis.Remedy)} "
                + "-PendingTimeout or -FailIfUnschedulable end such a wait.");
            hint.Give();
        }

        void Show(WatchStatus status)
        {
            var waiting = reasons.AddTo(status.Waiting, over.Token);
            progress(status with
            {
                Waiting = waiting,
                Only = status.Only is { IsWaiting: true } ? waiting[0]
                    : status.Only is { } only ? only with { GpuUse = gpuUse.UseOf(only.WorkloadId) } : null,
            });
        }

        async Task TellAsync(Task before, WatchOutcome outcome)
        {
            var ending = await ConcludeAsync(outcome, limit, cancellationToken).ConfigureAwait(false);
            await before.ConfigureAwait(false);
            ended(ending);
        }
    }

    /// <summary>Gets the first token of a session, so that a wrong secret is told at once and not waited through.</summary>
    private async Task TryCredentialAsync(CancellationToken cancellationToken)
    {
        if (_connection.Client.Session.ConnectedAt is not null)
        {
            return;
        }

        try
        {
            await _connection.Client.ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (RunAiApiException trouble) when (trouble is not RunAiAuthenticationException)
        {
            _log.Debug($"There is no access token yet, and the wait goes on without: {trouble.Message}");
        }
    }

    private async Task<WorkloadResult> ConcludeAsync(WatchOutcome outcome, ConcurrencyLimit limit, CancellationToken cancellationToken)
    {
        var workload = outcome.Workload;
        workload.StepOperator = _connection.Operator.Name;
        workload.Url = WorkloadUrl.Of(_connection.Operator.RunAiBaseUrl, workload.Name);
        if (outcome.Kind == WatchOutcomeKind.Completed)
        {
            return new WorkloadResult(outcome, _connection.Client.Session.ServerTime);
        }

        var evidence = await limit.RunAsync(() => ReadAsync(outcome, cancellationToken), cancellationToken).ConfigureAwait(false);
        return new WorkloadResult(outcome, _connection.Client.Session.ServerTime, evidence);
    }

    private Task<DiagnosisInput> ReadAsync(WatchOutcome outcome, CancellationToken cancellationToken)
    {
        var hints = new DiagnosisHints
        {
            RanOut = outcome.Limit is { } limit ? OutcomeErrors.RanOut(limit, outcome.Workload) : null,
            RanOutIdle = outcome.Limit is { Name: TimeLimitReader.Idle },
            RanOutPending = outcome.Limit is { Name: TimeLimitReader.Pending },
            IsGone = outcome.Kind == WatchOutcomeKind.Deleted,
        };
        return _diagnoser.ReadAsync(outcome.Workload, hints, cancellationToken);
    }

    private Task<WorkloadDiagnosis> WhyAsync(WatchProgress progress, CancellationToken cancellationToken)
    {
        var seen = new Workload { WorkloadId = progress.WorkloadId, Name = progress.Name, Phase = progress.Phase };
        return _diagnoser.DiagnoseAsync(seen, DiagnosisHints.None, cancellationToken);
    }
}
