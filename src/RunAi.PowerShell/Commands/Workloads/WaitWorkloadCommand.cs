using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;
using RunAi.Runs;
using RunAi.Runs.Attending;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Waits for workloads and emits each when it ends.</para>
/// <para type="description">
/// Waiting never harms a workload: trouble with the control plane only lengthens the wait and Ctrl+C leaves the workload running.
/// Only a time limit, or DeleteOnFailure, that you set stops or deletes one. A run goes in and the finished run comes out; a
/// workload, or the name or id of one, gives the workload. One that did not succeed also gives an error. A run that was submitted with -Retry is waited for
/// to the end of its last attempt: when an attempt fails for a cause of the policy, the next one is submitted as the policy says. Give the
/// workload's name instead of the run to wait for that one workload alone. With -ErrorAction Stop all are waited for and given, then one error
/// says how many of them failed; its exception has them in Failures, and everything that ended in Ended.
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
[Cmdlet(VerbsLifecycle.Wait, "RunAiWorkload", DefaultParameterSetName = "Workload")]
[OutputType(typeof(StepRun), typeof(Workload))]
public sealed class WaitWorkloadCommand : OperatorCommand
{
    private readonly List<(WorkloadIdentity Identity, RunAi.StepOperator Operator)> _awaited = [];

    private readonly List<object> _ended = [];

    private readonly List<RunAiException> _failures = [];

    private readonly List<WorkloadIdentity> _refused = [];

    private bool _gathersFailures;

    private string? _stackStore;

    /// <summary>
    /// <para type="description">The workload: its name or id, a run or workload, also from the pipeline and one that came back from a job or a file, or
    /// the id, key or step's name of its run.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Workload", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("WorkloadId", "Name", "Id", "InputObject")]
    [ArgumentCompleter(typeof(WorkloadNameCompleter))]
    [WorkloadTransformation]
    public WorkloadIdentity[] Workload { get; set; } = [];

    /// <summary><para type="description">The keys that the runs were submitted with, as -RunKey.</para></summary>
    [Parameter(Mandatory = true, ParameterSetName = "RunKey")]
    [ArgumentCompleter(typeof(RunKeyCompleter))]
    public string[] RunKey { get; set; } = [];

    /// <summary><para type="description">How long a workload may take from its creation until it runs, in seconds, as text such as 90s, 24h or 1d12h, or as a TimeSpan; what the run was submitted with by default.</para></summary>
    [Parameter]
    [Seconds]
    public TimeSpan? PendingTimeout { get; set; }

    /// <summary><para type="description">How long a workload may take from its creation to its end, in seconds, as text such as 90s, 24h or 1d12h, or as a TimeSpan; what the run was submitted with by default.</para></summary>
    [Parameter]
    [Seconds]
    public TimeSpan? WorkloadTimeout { get; set; }

    /// <summary><para type="description">How long a workload may run, time in the queue left aside, in seconds, as text such as 90s, 24h or 1d12h, or as a TimeSpan; what the run was submitted with by default.</para></summary>
    [Parameter]
    [Seconds]
    public TimeSpan? RunTimeout { get; set; }

    /// <summary><para type="description">Waits on while a workload is suspended; otherwise that ends the wait with an error.</para></summary>
    [Parameter]
    public SwitchParameter WhileStopped { get; set; }

    /// <summary>
    /// <para type="description">Ends the wait for a workload that no node can ever hold with an error, and suspends it; otherwise that is a warning.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter FailIfUnschedulable { get; set; }

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
        try
        {
            Await((context, token) => Task.WhenAll(_awaited
                .GroupBy(a => a.Operator.Name, StringComparer.OrdinalIgnoreCase)
                .Select(group => WaitForGroupAsync([.. group.Select(a => a.Identity)], group.First().Operator, context, token))));
        }
        catch (Exception e) when (IsStop(e) && IsStopped && StillAwaited() is { Count: > 0 } left)
        {
            var ended = _gathersFailures && _failures.Count > 0 ? $" {_failures.Count} of the {_ended.Count} that ended did not succeed." : "";
            Host.UI.WriteWarningLine("The wait was stopped; the workloads go on. Wait again with: Wait-RunAiWorkload "
                + string.Join(", ", left.Take(5)) + (left.Count > 5 ? ", ..." : "") + ended);
            throw;
        }

        if (_gathersFailures && _failures.Count > 0)
        {
            WriteFailure(_awaited.Count == 1 ? _failures[0] : new RunsFailedException(_ended, _failures, _awaited.Count));
        }
    }

    /// <summary>The identity with its run; as it is when nothing has the name, of which the wait then says so and waits for the others.</summary>
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
        using var observer = context.Observe();
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
        await waiter.WaitAsync(identities.Select(identity => identity.Meant), Tell, token).ConfigureAwait(false);

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
        [.. _awaited.Select(a => a.Identity).Where(identity => !_ended.Exists(identity.Means) && !_refused.Contains(identity)).Select(identity => identity.Text)];
}
