using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;
using RunAi.Runs.Attending;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Waits for workloads and emits each when it ends.</para>
/// <para type="description">
/// Waiting never harms a workload: trouble with the control plane only lengthens the wait and Ctrl+C leaves the workload running.
/// Only a time limit, or DeleteOnFailure, that you set stops or deletes one. A run goes in and the finished run comes out; a
/// workload, name or id gives the workload. One that did not succeed also gives an error. A run that was submitted with -Retry is waited for
/// to the end of its last attempt: when an attempt fails for a cause of the policy, the next one is submitted as the policy says. Give the
/// workload's name instead of the run to wait for that one workload alone.
/// </para>
/// </summary>
/// <example>
/// <para>Wait for a run</para>
/// <code test="emulator">$run | Wait-RunAiWorkload</code>
/// <para>The finished run comes back. One that did not succeed also gives an error that says why.</para>
/// </example>
/// <example>
/// <para>Wait for several, and give up on those that get no place</para>
/// <code test="emulator">Get-RunAiWorkload runai-fold* | Wait-RunAiWorkload -PendingTimeout 600</code>
/// <para>Each workload comes back when it ends. One that waits longer than 10 minutes is stopped and gives an error.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Wait, "RunAiWorkload")]
[OutputType(typeof(StepRun), typeof(Workload))]
public sealed class WaitWorkloadCommand : OperatorCommand
{
    private readonly List<(WorkloadIdentity Identity, RunAi.StepOperator Operator)> _awaited = [];

    private readonly List<object> _ended = [];

    private string? _stackStore;

    /// <summary><para type="description">The workload: its name or id, a run, or a workload, also from the pipeline.</para></summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("WorkloadId", "Name", "Id", "InputObject")]
    [ArgumentCompleter(typeof(WorkloadNameCompleter))]
    public WorkloadIdentity[] Workload { get; set; } = [];

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

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var stack = ResolveStack();
        var stepOperator = stack.StepOperator;
        _stackStore = stack.Stack.ArtifactStore;
        _awaited.AddRange(Workload.Select(identity => (identity, stepOperator)));
    }

    /// <inheritdoc/>
    protected override void ProcessEnd()
    {
        try
        {
            Await((context, token) => Task.WhenAll(_awaited
                .GroupBy(a => a.Operator.Name, StringComparer.OrdinalIgnoreCase)
                .Select(group => WaitForGroupAsync([.. group.Select(a => a.Identity)], group.First().Operator, context, token))));
        }
        catch (Exception e) when (IsStop(e) && StillAwaited() is { Count: > 0 } left)
        {
            Host.UI.WriteWarningLine("The wait was stopped; the workloads go on. Wait again with: Wait-RunAiWorkload "
                + string.Join(", ", left.Take(5)) + (left.Count > 5 ? ", ..." : ""));
            throw;
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
            RecordStore = _stackStore,
        };
        await waiter.WaitAsync(identities.Select(identity => identity.Meant), Tell, token).ConfigureAwait(false);

        void Tell(object ended, RunAiException? failure) => context.Pump.Post(() =>
        {
            _ended.Add(ended);
            WriteObject(ended);
            if (failure is not null)
            {
                WriteFailure(failure);
            }
        });
    }

    /// <summary>
    /// The names of what has not ended. With -ErrorAction Stop the engine also stops the command that writes an error: that workload has ended.
    /// </summary>
    private List<string> StillAwaited() =>
        [.. _awaited.Select(a => a.Identity).Where(identity => !_ended.Exists(identity.Means)).Select(identity => identity.Text)];
}
