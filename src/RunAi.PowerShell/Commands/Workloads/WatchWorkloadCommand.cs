using System.Management.Automation;
using RunAi.Measuring;
using RunAi.Operators;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;
using RunAi.Watching;
using RunAi.Workloads;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Shows workloads of the project as one table that is drawn again and again.</para>
/// <para type="description">
/// A row has the phase, node pool, GPUs held or asked for, their use as it was measured last (of the first 20 that run), the time it waited
/// and ran, and why it does not run. Where there is no terminal, as in a pipeline's agent or with redirected output, each change of a phase
/// is a line. Ctrl+C ends the watching and leaves the workloads alone; trouble with the control plane only delays it. With -Until the
/// workloads come out at the end.
/// </para>
/// </summary>
/// <example>
/// <para>Watch the project</para>
/// <code>Watch-RunAiWorkload</code>
/// <para>The table is drawn again until Ctrl+C. Nothing comes back.</para>
/// </example>
/// <example>
/// <para>Watch the folds of a sweep to their end</para>
/// <code>Watch-RunAiWorkload runai-fold* -Until Ended</code>
/// <para>The workloads come back when all have ended.</para>
/// </example>
[Cmdlet(VerbsCommon.Watch, "RunAiWorkload")]
[OutputType(typeof(Workload))]
public sealed class WatchWorkloadCommand : OperatorCommand
{
    private const int MostMeasured = 20;

    /// <summary><para type="description">The name, with * and ? as wildcards; all by default.</para></summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(WorkloadNameCompleter))]
    public string Name { get; set; } = "*";

    /// <summary><para type="description">Ends the watching when each of the workloads has ended; otherwise Ctrl+C does.</para></summary>
    [Parameter]
    [ValidateSet("Ended")]
    public string? Until { get; set; }

    /// <summary>
    /// <para type="description">The time between two polls, in seconds, as text such as 10s, or as a TimeSpan; 5 seconds by default.</para>
    /// </summary>
    [Parameter]
    [Seconds]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary><para type="description">At most this many, the newest first.</para></summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [InvariantNumber(Whole = true)]
    public int First { get; set; } = 200;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var view = new WorkloadWatchView(this, Host.UI, Session);
        var pattern = WildcardPattern.Get(Name, WildcardOptions.None);
        AwaitConnected(async (connection, context, token) =>
        {
            var catalog = new WorkloadCatalog(connection);
            var isTold = false;
            using var over = CancellationTokenSource.CreateLinkedTokenSource(token);
            var use = new GpuUseWatch(new MetricReader(connection.Client.WithLog(SilentLog.Instance)), Session.Time, () => { }, over.Token);
            while (true)
            {
                try
                {
                    var workloads = await catalog.ListAsync(Name, pattern.IsMatch, [], First, token).ConfigureAwait(false);
                    isTold = false;
                    Measure(workloads, use, connection.Client.Session.ServerTime);
                    await context.Pump.CallAsync(() => view.Show(workloads, use.UseOf)).ConfigureAwait(false);
                    if (Until is not null && workloads.All(HasEnded))
                    {
                        await context.Pump.CallAsync(() => WriteObject(workloads, enumerateCollection: true)).ConfigureAwait(false);
                        over.Cancel();
                        return true;
                    }
                }
                catch (RunAiApiException trouble) when (trouble is { StatusCode: null or 408 or 429 or >= 500 })
                {
                    if (!isTold)
                    {
                        isTold = true;
                        context.Log.Warning($"The workloads cannot be listed now; it is tried again. ({trouble.Message})");
                    }
                }

                await Session.Time.DelayAsync(Interval, token).ConfigureAwait(false);
            }
        });
    }

    /// <summary>Has the use of the GPUs of the first few that run measured, each now and then.</summary>
    private static void Measure(IReadOnlyList<Workload> workloads, GpuUseWatch use, DateTimeOffset now)
    {
        foreach (var workload in workloads.Where(workload => WorkloadPhases.IsRunning(workload.Phase)
            && (workload.GpuAllocated ?? workload.GpuRequested) is > 0).Take(MostMeasured))
        {
            use.Refresh(workload.WorkloadId, workload.PhaseUpdatedAt ?? now, now);
        }

        foreach (var workload in workloads.Where(workload => !WorkloadPhases.IsRunning(workload.Phase)))
        {
            use.Forget(workload.WorkloadId);
        }
    }

    private static bool HasEnded(Workload workload) =>
        WorkloadPhases.Classify(workload.Phase) is PhaseClass.Succeeded or PhaseClass.Failed or PhaseClass.Stopped;
}
