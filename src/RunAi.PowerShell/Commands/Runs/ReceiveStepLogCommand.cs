using System.Management.Automation;
using RunAi.Artifacts;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;
using RunAi.Runs.Log;
using RunAi.Watching;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Reads the log of a run from its artifact store, without access to the cluster.</para>
/// <para type="description">
/// Each line comes once, with its time, stream, attempt and start. What the workload printed is not trusted: control sequences are taken
/// out, and commands to the agent of Azure DevOps are broken up there, unless -Raw is given. Reading never harms the workload.
/// </para>
/// </summary>
/// <example><code>$run | Receive-RunAiStepLog -Wait</code></example>
/// <example><code>Receive-RunAiStepLog 01JD8Z5V0Q4X9T2M7N3K6P1R8S -Tail 20</code></example>
/// <example><code>$run | Receive-RunAiStepLog | Where-Object Stream -eq stderr</code></example>
/// <example><code>$run | Receive-RunAiStepLog -Replica worker-1 -Tail 20</code></example>
[Cmdlet(VerbsCommunications.Receive, "RunAiStepLog")]
[OutputType(typeof(LogLine))]
public sealed class ReceiveStepLogCommand : RunCommand
{
    /// <summary><para type="description">Follows the log until the run has ended.</para></summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary><para type="description">Only the last so many lines; with -Wait, what follows them too.</para></summary>
    [Parameter]
    [ValidateRange(0, 1_000_000)]
    [InvariantNumber(Whole = true)]
    public int? Tail { get; set; }

    /// <summary><para type="description">Of a distributed step, only these replicas, such as master or worker-1; all unless given, each line with its Replica.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Replica { get; set; }

    /// <summary><para type="description">Goes on after a line that was received earlier: its Position.</para></summary>
    [Parameter]
    public string? After { get; set; }

    /// <summary><para type="description">The text as the workload printed it, control sequences and all.</para></summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <inheritdoc/>
    private protected override void ProcessRun(RunIdentity identity)
    {
        CheckPosition();
        var stackStore = identity.Run is null ? ResolveStack().Stack.ArtifactStore : null;
        Await(async (context, token) =>
        {
            var (run, store) = await FindAsync(identity, stackStore, context, token).ConfigureAwait(false);
            var log = LogOf(run, store);
            if (Tail is { } count)
            {
                foreach (var line in await log.TailAsync(count, token).ConfigureAwait(false))
                {
                    Tell(line);
                }
            }

            await (Wait ? FollowAsync(run, log, Tell, context, token) : Tail is null ? log.ReadAsync(Tell, token) : Task.CompletedTask).ConfigureAwait(false);

            void Tell(LogLine line) => context.Pump.Post(() => Write(line));
        });
    }

    private void Write(LogLine line)
    {
        if (!Raw)
        {
            line.Text = LogText.Clean(line.Text, Session.Variable(LogText.AzureDevOpsVariable) is not null);
        }

        WriteObject(line);
    }

    /// <summary>The end of the workload is seen at the control plane, where nothing is asked for but to look.</summary>
    private async Task FollowAsync(StepRun run, ILogSource log, Action<LogLine> tell, CommandContext context, CancellationToken token)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(token);
        var ended = EndedAsync(run, context, over.Token);
        try
        {
            await new LogFollower(log, Session.Time, context.Log).FollowAsync(tell, ended, token).ConfigureAwait(false);
        }
        finally
        {
            over.Cancel();
        }
    }

    private async Task EndedAsync(StepRun run, CommandContext context, CancellationToken token)
    {
        if (run.State is not (StepRunState.Submitting or StepRunState.Submitted or StepRunState.Running) || run.WorkloadId is null)
        {
            return;
        }

        var stepOperator = Configuration.StackResolver.Resolve(null, string.IsNullOrEmpty(StepOperator) ? run.StepOperator : StepOperator).StepOperator;
        var connection = await context.ConnectAsync(stepOperator, token).ConfigureAwait(false);
        await new WorkloadWait(connection, Session.Time, context.Log)
            .WaitAsync([new WatchRequest(run.WorkloadId, run.WorkloadName)], whileStopped: true, _ => { }, _ => { }, token).ConfigureAwait(false);
    }

    private ILogSource LogOf(StepRun run, IArtifactStore store)
    {
        if (Replica?.FirstOrDefault(name => !run.Replicas.Any(replica => replica.Name == name)) is { } unknown)
        {
            throw new RunAiException(
                ErrorIds.ReplicaNotFound,
                run.Replicas.Length == 0
                    ? $"The run {run.RunId} has no replica '{unknown}': it is not distributed over several pods. Leave -Replica out."
                    : $"The run {run.RunId} has no replica '{unknown}'. It has {string.Join(", ", run.Replicas.Select(replica => replica.Name))}.")
            {
                Target = unknown,
            };
        }

        if (run.Replicas.Length == 0)
        {
            return new RunLog(store, run.RunId, After is { Length: > 0 } && LogPosition.TryParse(After, out var position) ? position : null) { Attempt = run.Attempt };
        }

        return new ReplicaLog(store, run, Replica, After is { Length: > 0 } && ReplicaLog.TryParse(After, out var positions) ? positions : null);
    }

    private void CheckPosition()
    {
        if (After is { Length: > 0 } && !LogPosition.TryParse(After, out _) && !ReplicaLog.TryParse(After, out _))
        {
            throw new RunAiException(ErrorIds.InvalidLogPosition, $"'{After}' is no position in a log. Give -After the Position of a line that was received.") { Target = After };
        }
    }
}
