using System.Management.Automation;
using RunAi.ControlPlane;
using RunAi.Workloads;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the events of workloads: what the cluster told about them and their pods.</para>
/// <para type="description">The newest come first. Clusters forget events after a while; the control plane keeps the history longer.</para>
/// </summary>
/// <example>
/// <para>List what the cluster told of a workload</para>
/// <code test="emulator">Get-RunAiWorkloadEvent runai-train-4g7c2h9k</code>
/// <para>Each event comes back with its time, type, reason and message, the newest first.</para>
/// </example>
/// <example>
/// <para>Read the last events of a run</para>
/// <code test="emulator">$run | Get-RunAiWorkloadEvent -First 10</code>
/// <para>At most ten events come back.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "RunAiWorkloadEvent")]
[OutputType(typeof(WorkloadEvent))]
public sealed class GetWorkloadEventCommand : WorkloadDetailCommand
{
    private protected override Task ReadAsync(
        ControlPlaneClient client, string workloadId, Func<IEnumerable<object>, Task> write, CancellationToken cancellationToken) =>
        client.EachEventAsync(
            workloadId, First, page => write(page.Select(workloadEvent => workloadEvent.ToEvent(workloadId))), cancellationToken);
}
