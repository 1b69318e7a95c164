using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.Runs.Attending;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Reads the log of any workload of the project through its cluster.</para>
/// <para type="description">
/// The log comes from the API that each Run:ai cluster serves itself, with the control plane's token; no artifact store is needed, and this
/// machine must reach the cluster: its domain as Get-RunAiCluster tells it, or the step operator's -ClusterUrl. The cluster keeps logs only
/// for a while after a workload's end. What the workload printed is not trusted: control sequences are taken out, and commands to the agent
/// of Azure DevOps are broken up there, unless -Raw is given. Reading never harms the workload. Receive-RunAiStepLog reads the log of a run
/// from its artifact store, for as long as that is kept.
/// </para>
/// </summary>
/// <example>
/// <para>Read the log of a workload</para>
/// <code>Get-RunAiWorkloadLog runai-hello-4g7c2h9k</code>
/// <para>The lines that the cluster still has come back, one object each.</para>
/// </example>
/// <example>
/// <para>See what each running workload printed last</para>
/// <code>Get-RunAiWorkload -Phase Running | Get-RunAiWorkloadLog -Tail 5</code>
/// <para>The last five lines of each workload come back.</para>
/// </example>
/// <example>
/// <para>Follow one replica of a distributed workload</para>
/// <code>Get-RunAiWorkloadLog runai-train-4g7c2h9k -Wait -Replica worker-1</code>
/// <para>Lines come back as they are printed, until the workload has ended.</para>
/// </example>
/// <example>
/// <para>Read the last quarter of an hour with times</para>
/// <code>Get-RunAiWorkloadLog runai-train-4g7c2h9k -Since 15m -Timestamps</code>
/// <para>Lines come back with the time at which the cluster took each.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "RunAiWorkloadLog")]
[OutputType(typeof(LogLine))]
public sealed class GetWorkloadLogCommand : WorkloadCommand
{
    /// <summary>
    /// <para type="description">Follows the log until the workload has ended; a workload that is not ready yet is waited for.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary><para type="description">Only the last so many lines; with -Wait, what follows them too.</para></summary>
    [Parameter]
    [ValidateRange(0, 1_000_000)]
    [InvariantNumber(Whole = true)]
    public int? Tail { get; set; }

    /// <summary>
    /// <para type="description">Only lines written within so long, in seconds, as text such as 90s, 15m or 24h, or as a TimeSpan. The
    /// cluster must give the times of lines; one that does not gives all lines, and a warning.</para>
    /// </summary>
    [Parameter]
    [Seconds]
    public TimeSpan? Since { get; set; }

    /// <summary>
    /// <para type="description">The log of the container's instance before this one, as far as the cluster keeps it.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Previous { get; set; }

    /// <summary><para type="description">Asks the cluster for the time of each line: its Time and LocalTime.</para></summary>
    [Parameter]
    public SwitchParameter Timestamps { get; set; }

    /// <summary>
    /// <para type="description">The pod: its name, as Get-RunAiWorkloadPod tells it, or what it is in a distributed workload, such as
    /// master or worker-1; the leader unless given.</para>
    /// </summary>
    [Parameter]
    [Alias("Replica")]
    [ArgumentCompleter(typeof(ReplicaCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Pod { get; set; }

    /// <summary><para type="description">The container of the pod; the workload's own unless given.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Container { get; set; }

    /// <summary><para type="description">The text as the workload printed it, control sequences and all.</para></summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    private protected override void ProcessWorkload(WorkloadIdentity identity) =>
        AwaitConnected(async (connection, context, token) =>
        {
            var receiver = new WorkloadLogReceiver(context.Services, connection)
            {
                Follows = Wait,
                Tail = Tail,
                Since = Since,
                Previous = Previous,
                Timestamps = Timestamps,
                Pod = Pod,
                Container = Container,
            };
            await receiver.ReadAsync(identity.Meant, line => context.Pump.Post(() => WriteLine(line, Raw)), token).ConfigureAwait(false);
            return true;
        });
}
