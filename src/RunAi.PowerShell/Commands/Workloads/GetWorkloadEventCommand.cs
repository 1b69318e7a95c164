using System.Management.Automation;
using RunAi.ControlPlane;
using RunAi.Workloads;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the events of workloads: what the cluster told about them and their pods.</para>
/// <para type="description">The newest come first. Clusters forget events after a while; the control plane keeps the history longer.</para>
/// </summary>
/// <example><code>Get-RunAiWorkloadEvent runai-train-4g7c2h9k</code></example>
/// <example><code>$run | Get-RunAiWorkloadEvent -First 10</code></example>
[Cmdlet(VerbsCommon.Get, "RunAiWorkloadEvent")]
[OutputType(typeof(WorkloadEvent))]
public sealed class GetWorkloadEventCommand : WorkloadDetailCommand
{
    private protected override Task ReadAsync(
        ControlPlaneClient client, string workloadId, Func<IEnumerable<object>, Task> write, CancellationToken cancellationToken) =>
        client.EachEventAsync(workloadId, First, page => write(page.Select(workloadEvent => workloadEvent.ToEvent(workloadId))), cancellationToken);
}
