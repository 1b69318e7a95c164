using System.Management.Automation;
using RunAi.ControlPlane;
using RunAi.Workloads;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the history of workloads: the phases they went through, and events.</para>
/// <para type="description">In the control plane's order. A phase Pending after Running is a preemption.</para>
/// </summary>
/// <example><code>Get-RunAiWorkloadHistory runai-train-4g7c2h9k</code></example>
/// <example><code>$run | Get-RunAiWorkloadHistory | Where-Object Phase</code></example>
[Cmdlet(VerbsCommon.Get, "RunAiWorkloadHistory")]
[OutputType(typeof(WorkloadHistoryEntry))]
public sealed class GetWorkloadHistoryCommand : WorkloadDetailCommand
{
    private protected override Task ReadAsync(
        ControlPlaneClient client, string workloadId, Func<IEnumerable<object>, Task> write, CancellationToken cancellationToken) =>
        client.EachHistoryEntryAsync(workloadId, First, page => write(page.Select(history => history.ToEntry(workloadId))), cancellationToken);
}
