using System.Management.Automation;
using RunAi.ControlPlane;
using RunAi.Workloads;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the history of workloads: the phases they went through, and events.</para>
/// <para type="description">In the control plane's order. A phase Pending after Running is a preemption.</para>
/// </summary>
/// <example>
/// <para>List the phases that a workload went through</para>
/// <code test="emulator">Get-RunAiWorkloadHistory runai-train-4g7c2h9k</code>
/// <para>Each entry comes back with its time, and its phase or event.</para>
/// </example>
/// <example>
/// <para>Leave the events out</para>
/// <code test="emulator">$run | Get-RunAiWorkloadHistory | Where-Object Phase</code>
/// <para>Only entries that tell a phase come back.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "RunAiWorkloadHistory")]
[OutputType(typeof(WorkloadHistoryEntry))]
public sealed class GetWorkloadHistoryCommand : WorkloadDetailCommand
{
    private protected override Task ReadAsync(
        ControlPlaneClient client, string workloadId, Func<IEnumerable<object>, Task> write, CancellationToken cancellationToken) =>
        client.EachHistoryEntryAsync(
            workloadId, First, page => write(page.Select(history => history.ToEntry(workloadId))), cancellationToken);
}
