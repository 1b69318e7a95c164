using RunAi.Content;
using RunAi.Measuring;
using RunAi.Operators;
using RunAi.Runs.Attending;

namespace RunAi.Runs;

/// <summary>Says how a run ended, to whoever follows it and to those that it is to be told to.</summary>
internal sealed class RunEndReporter
{
    private const int Samples = 100;

    /// <summary>A figure more is not worth a longer wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly StepOperatorConnection _connection;
    private readonly TimeProvider _time;
    private readonly IActivityLog _log;

    /// <param name="connection">The step operator's.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Gets what goes wrong.</param>
    public RunEndReporter(StepOperatorConnection connection, TimeProvider time, IActivityLog log) =>
        (_connection, _time, _log) = (connection, time, log);

    /// <summary>Gets the line on the end; null for nobody.</summary>
    public IRunObserver? Observer { get; init; }

    /// <summary>Tells others; null for nobody.</summary>
    public RunNotifier? Notifier { get; init; }

    /// <summary>True to measure what a run with GPUs used, which takes two requests.</summary>
    public bool Measures { get; init; } = true;

    /// <summary>Says how a run, or an attempt of it, ended.</summary>
    /// <param name="run">The run at its end.</param>
    /// <param name="workload">Its workload as it was last seen.</param>
    /// <param name="failure">Why it did not succeed; null for a success.</param>
    /// <param name="journal">Where it is recorded.</param>
    /// <param name="ct">Ends it.</param>
    public async Task ReportAsync(StepRun run, Workload workload, RunAiException? failure, RunJournal journal, CancellationToken ct)
    {
        var isTold = Notifier?.IsWanted(run) == true && !run.HasNextAttempt && run.State
            is StepRunState.Succeeded or StepRunState.Failed or StepRunState.TimedOut or StepRunState.Deleted;
        if (Observer is null && !isTold)
        {
            return;
        }

        var figures = new RunFigures(run, await UsageAsync(workload, ct).ConfigureAwait(false));
        Observer?.OnRunEnded(figures);
        if (isTold)
        {
            await Notifier!.TellAsync(figures, RunErrors.DiagnosisOf(failure)?.Cause, journal, ct).ConfigureAwait(false);
        }
    }

    /// <summary>What the workload used; of one without a GPU what is known without asking. Null when it cannot be had soon.</summary>
    private async Task<WorkloadUsage?> UsageAsync(Workload workload, CancellationToken ct)
    {
        if (!Measures || workload.GpuRequested is null or 0)
        {
            return new WorkloadUsage { RunningTime = workload.RunningTime };
        }

        using var limit = new StallTimer(_time, Patience, ct);
        try
        {
            return await new UsageMeter(_connection.WithLog(SilentLog.Instance))
                .SumUpAsync(workload.WorkloadId, Samples, limit.Token).ConfigureAwait(false);
        }
        catch (RunAiException trouble)
        {
            _log.Verbose($"What {workload.Name} used could not be measured: {trouble.Message}");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            _log.Verbose($"What {workload.Name} used could not be measured within {Patience.TotalSeconds:0} seconds.");
        }

        return null;
    }
}
