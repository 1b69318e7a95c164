using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;
using RunAi.Runs.Attending;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Reads the log of a run from its artifact store, without access to the cluster; of a run without a store through
/// the cluster.</para>
/// <para type="description">
/// Each line comes once, with its time, stream, attempt and start. What the workload printed is not trusted: control sequences are taken
/// out, and commands to the agent of Azure DevOps are broken up there, unless -Raw is given. Reading never harms the workload. A run of a
/// plain image has no store: its log comes from the cluster as Get-RunAiWorkloadLog reads it, without times and positions.
/// </para>
/// </summary>
/// <example>
/// <para>Follow the log of a run to its end</para>
/// <code>$run | Receive-RunAiStepLog -Wait</code>
/// <para>Each line comes back as soon as it is in the store. The command ends when the run is over.</para>
/// </example>
/// <example>
/// <para>Read the end of a log</para>
/// <code>Receive-RunAiStepLog 01JD8Z5V0Q4X9T2M7N3K6P1R8S -Tail 20</code>
/// <para>The last 20 lines come back.</para>
/// </example>
/// <example>
/// <para>Read the log of the newest run of a step</para>
/// <code>Receive-RunAiStepLog train</code>
/// <para>The lines come back. The name of the run's workload, its id or its key mean that run and no other.</para>
/// </example>
/// <example>
/// <para>Read what was written to standard error</para>
/// <code>$run | Receive-RunAiStepLog | Where-Object Stream -eq stderr</code>
/// <para>The lines of the stream stderr come back.</para>
/// </example>
/// <example>
/// <para>Read the log of one replica</para>
/// <code>$run | Receive-RunAiStepLog -Replica worker-1 -Tail 20</code>
/// <para>The last 20 lines of the second worker of a distributed step come back.</para>
/// </example>
[Cmdlet(VerbsCommunications.Receive, "RunAiStepLog", DefaultParameterSetName = ByRun)]
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

    /// <summary>
    /// <para type="description">Of a distributed step, only these replicas, such as master or worker-1; all unless given, each line with
    /// its Replica.</para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ReplicaCompleter))]
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
        RunLogReceiver.CheckPosition(After);
        var stackStore = identity.Run is null ? ResolveStack().Stack.ArtifactStore : null;
        Await(async (context, token) =>
        {
            if (await FindWithoutStoreAsync(identity, stackStore, context, token).ConfigureAwait(false) is { WorkloadId: not null } plain)
            {
                await ReceiveFromClusterAsync(plain, context, token).ConfigureAwait(false);
                return;
            }

            var stored = await FindAsync(identity, stackStore, context, token).ConfigureAwait(false);
            var receiver = new RunLogReceiver(context.Services)
            {
                Follows = Wait,
                Tail = Tail,
                Replicas = Replica,
                After = After,
                StepOperator = StepOperator,
            };
            await receiver.ReadAsync(stored, line => context.Pump.Post(() => WriteLine(line, Raw)), token).ConfigureAwait(false);
        });
    }

    private async Task ReceiveFromClusterAsync(StepRun run, CommandContext context, CancellationToken token)
    {
        if (!string.IsNullOrEmpty(After))
        {
            throw new RunAiException(
                ErrorIds.InvalidLogPosition,
                $"The run {run.RunId} has no artifact store, and the log that its cluster gives has no positions. Leave -After out.")
            {
                Target = After,
            };
        }

        var name = string.IsNullOrEmpty(StepOperator) ? run.StepOperator : StepOperator;
        var connection = await context.ConnectAsync(
            Configuration.StackResolver.Resolve(Stack, name).StepOperator, token).ConfigureAwait(false);
        foreach (var pod in Replica ?? [null!])
        {
            var receiver = new WorkloadLogReceiver(context.Services, connection) { Follows = Wait, Tail = Tail, Pod = pod };
            await receiver.ReadAsync(
                new AwaitedWorkload(run.WorkloadId, run.WorkloadName, run), line => context.Pump.Post(() => WriteLine(line, Raw)),
                token).ConfigureAwait(false);
        }
    }
}
