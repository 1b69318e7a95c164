using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;
using RunAi.Runs;
using RunAi.Runs.Attending;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Waits for workloads and emits each when it ends.</para>
/// <para type="description">
/// Waiting never harms a workload: trouble with the control plane only lengthens the wait, and Ctrl+C, SIGTERM and SIGHUP leave the
/// workload running. Only a time limit, or DeleteOnFailure, that you set stops or deletes one. A run goes in and the finished run comes
/// out; a workload, or the name or id of one, gives the workload. One that did not succeed also gives an error. A run that was submitted
/// with -Retry is waited for to the end of its last attempt: when an attempt fails for a cause of the policy, the next one is submitted as
/// the policy says. Give the workload's name instead of the run to wait for that one workload alone. With -ErrorAction Stop all are waited
/// for and given, then one error says how many of them failed; its exception has them in Failures, and everything that ended in Ended. With
/// -Timeout the wait ends after that time without an error, and what has not ended comes out as it is.
/// </para>
/// </summary>
/// <example>
/// <para>Wait for a run</para>
/// <code test="emulator">$run | Wait-RunAiWorkload</code>
/// <para>The finished run comes back. One that did not succeed also gives an error that says why.</para>
/// </example>
/// <example>
/// <para>Wait for the run of a key, which another job submitted</para>
/// <code>Wait-RunAiWorkload -RunKey "$env:BUILD_BUILDID/train"</code>
/// <para>The finished run comes back.</para>
/// </example>
/// <example>
/// <para>Wait for several, and give up on those that get no place</para>
/// <code test="emulator">Get-RunAiWorkload runai-fold* | Wait-RunAiWorkload -PendingTimeout 600</code>
/// <para>Each workload comes back when it ends. One that waits longer than 10 minutes is stopped and gives an error.</para>
/// </example>
/// <example>
/// <para>Look every quarter of an hour</para>
/// <code test="emulator">$open = $run | Wait-RunAiWorkload -Timeout 15m | Where-Object IsOver -eq $false</code>
/// <para>The run comes back when it ends, after 15 minutes at the latest. $open has it when it goes on.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Wait, "RunAiWorkload", DefaultParameterSetName = "Workload")]
[OutputType(typeof(StepRun), typeof(Workload))]
public sealed class WaitWorkloadCommand : OperatorCommand, INotifyingCommand
{
    private readonly List<(WorkloadIdentity Identity, RunAi.StepOperator Operator)> _awaited = [];

    private readonly List<object> _ended = [];

    private readonly List<RunAiException> _failures = [];

    private readonly List<WorkloadIdentity> _refused = [];

    private bool _gathersFailures;

    private string? _stackStore;

    /// <summary>
    /// <para type="description">The workload: its name or id, a run or workload, also from the pipeline and one that came back from a job
    /// or a file, or the id, key or step's name of its run.</para>
    /// </summary>
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = "Workload", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("WorkloadId", "Name", "Id", "InputObject")]
    [ArgumentCompleter(typeof(WorkloadNameCompleter))]
    [WorkloadTransformation]
    public WorkloadIdentity[] Workload { get; set; } = [];

    /// <summary><para type="description">The keys that the runs were submitted with, as -RunKey.</para></summary>
    [Parameter(Mandatory = true, ParameterSetName = "RunKey")]
    [ArgumentCompleter(typeof(RunKeyCompleter))]
    public string[] RunKey { get; set; } = [];

    /// <summary>
    /// <para type="description">How long to wait at most, in seconds, as text such as 90s, 24h or 1d12h, or as a TimeSpan; no limit by
    /// default. Its end is no error and does nothing to the workloads: runs and workloads that go on come back as they are, runs with
    /// IsOver false.</para>
    /// </summary>
    [Parameter]
    [Seconds]
    public TimeSpan? Timeout { get; set; }

    /// <summary>
    /// <para type="description">How long a workload may take from its creation until it runs, in seconds, as text such as 90s, 24h or
    /// 1d12h, or as a TimeSpan; what the run was submitted with by default.</para>
    /// </summary>
    [Parameter]
    [Seconds]
    public TimeSpan? PendingTimeout { get; set; }

    /// <summary>
    /// <para type="description">How long a workload may take from its creation to its end, in seconds, as text such as 90s, 24h or 1d12h,
    /// or as a TimeSpan; what the run was submitted with by default.</para>
    /// </summary>
    [Parameter]
    [Seconds]
    public TimeSpan? WorkloadTimeout { get; set; }

    /// <summary>
    /// <para type="description">How long a workload may run, time in the queue left aside, in seconds, as text such as 90s, 24h or 1d12h,
    /// or as a TimeSpan; what the run was submitted with by default.</para>
    /// </summary>
    [Parameter]
    [Seconds]
    public TimeSpan? RunTimeout { get; set; }

    /// <summary>
    /// <para type="description">Waits on while a workload is suspended; otherwise that ends the wait with an error.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter WhileStopped { get; set; }

    /// <summary>
    /// <para type="description">Ends the wait for a workload that no node can ever hold with an error, and suspends it; otherwise that is a
    /// warning.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter FailIfUnschedulable { get; set; }

    /// <summary>
    /// <para type="description">Where the lines of the wait go: Information (shown, apart from the output), Output (texts before the
    /// command's objects), Verbose, Warning or None. Information by default; in a runbook of Azure Automation, whose record does not keep
    /// that, Verbose.</para>
    /// </summary>
    [Parameter]
    public LogStream? LogStream { get; set; }

    /// <summary>
    /// <para type="description">Whom the ends of runs are told to, beside those that they were submitted with: a reference to the secret
    /// with the address of a web hook, such as {{env:RUNS_WEBHOOK}}, with teams: or slack: before it for a message in that form, or a
    /// script block, which gets the run as $_. Each run is told once; workloads that are no runs are not.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public NotificationTarget[] Notify { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var stack = ResolveStack();
        var stepOperator = stack.StepOperator;
        _stackStore = stack.Stack.ArtifactStore;
        _awaited.AddRange(Workload.Select(identity => (Known(identity), stepOperator)));
        foreach (var key in RunKey)
        {
            var run = Await((context, token) => new RunFinder(context.Services, stepOperator).FindByKeyAsync(key, _stackStore, token));
            _awaited.Add((new WorkloadIdentity(run), stepOperator));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessEnd()
    {
        _gathersFailures = ErrorPreference == ActionPreference.Stop;
        using var guarded = GuardWork();
        try
        {
            Await((context, token) => Task.WhenAll(_awaited
                .GroupBy(a => a.Operator.Name, StringComparer.OrdinalIgnoreCase)
                .Select(group => WaitForGroupAsync([.. group.Select(a => a.Identity)], group.First().Operator, context, token))));
        }
        catch (Exception e) when (IsStop(e) && IsStopped && StillAwaited() is { Count: > 0 } left)
        {
            var ended = _gathersFailures && _failures.Count > 0
                ? $" {_failures.Count} of the {_ended.Count} that ended did not succeed."
                : "";
            Host.UI.WriteWarningLine($"The wait was stopped{(StopCause == RunStop.Interrupt ? "" : $" by {StopCause}")}; the workloads go "
                + "on. Wait again with: Wait-RunAiWorkload "
                + string.Join(", ", left.Take(5)) + (left.Count > 5 ? ", ..." : "") + ended);
            throw;
        }

        if (_gathersFailures && _failures.Count > 0)
        {
            WriteFailure(_awaited.Count == 1 ? _failures[0] : new RunsFailedException(_ended, _failures, _awaited.Count));
        }
    }

    /// <summary>
    /// The identity with its run; as it is when nothing has the name, of which the wait then says so and waits for the others.
    /// </summary>
    private WorkloadIdentity Known(WorkloadIdentity identity)
    {
        try
        {
            return Resolve(identity);
        }
        catch (RunAiApiException failure) when (failure.ErrorId == ErrorIds.WorkloadNotFound)
        {
            return identity;
        }
    }

    private async Task WaitForGroupAsync(
        WorkloadIdentity[] identities, RunAi.StepOperator stepOperator, CommandContext context, CancellationToken token)
    {
        var connection = await context.ConnectAsync(stepOperator, token).ConfigureAwait(false);
        using var observer = context.Observe(LogStream);
        using var budget = new TimeBudget(Session.Time, Timeout, token);
        var waiter = new WorkloadWaiter(context.Services, connection, observer)
        {
            PendingTimeout = PendingTimeout,
            WorkloadTimeout = WorkloadTimeout,
            RunTimeout = RunTimeout,
            WhileStopped = WhileStopped,
            FailsIfUnschedulable = FailIfUnschedulable,
            Refused = _awaited.Count > 1 ? Refuse : null,
            RecordStore = _stackStore,
        };
        try
        {
            await waiter.WaitAsync(identities.Select(identity => identity.Meant), Tell, budget.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (budget.IsSpent && !token.IsCancellationRequested)
        {
            var open = await context.Pump.CallAsync(() => identities.Where(IsAwaited).ToArray()).ConfigureAwait(false);
            context.Log.Verbose($"The time to wait is over; {open.Length} of {identities.Length} workloads go on.");
            foreach (var identity in open)
            {
                var current = await waiter.CurrentAsync(identity.Meant, token).ConfigureAwait(false);
                await context.Pump.CallAsync(() => WriteObject(current)).ConfigureAwait(false);
            }
        }

        void Tell(object ended, RunAiException? failure) => context.Pump.Post(() =>
        {
            _ended.Add(ended);
            WriteObject(ended);
            if (failure is not null)
            {
                Fail(failure);
            }
        });

        void Refuse(AwaitedWorkload workload, RunAiException failure) => context.Pump.Post(() =>
        {
            _refused.AddRange(_awaited.Select(a => a.Identity).Where(identity => identity.Text == workload.Name));
            Fail(failure);
        });
    }

    /// <summary>Where an error ends everything, there is one for all, at the end.</summary>
    private void Fail(RunAiException failure)
    {
        _failures.Add(failure);
        if (!_gathersFailures)
        {
            WriteFailure(failure);
        }
    }

    /// <summary>The names of what has not ended.</summary>
    private List<string> StillAwaited() =>
        [.. _awaited.Select(a => a.Identity).Where(IsAwaited).Select(identity => identity.Text)];

    private bool IsAwaited(WorkloadIdentity identity) => !_ended.Exists(identity.RefersTo) && !_refused.Contains(identity);
}
