using System.Management.Automation;
using RunAi.ControlPlane;
using RunAi.Workloads;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the pods of workloads, with the node of each.</para>
/// <para type="description">A workload that was preempted or tried again has had several pods; those that were deleted are left out.</para>
/// </summary>
/// <example>
/// <para>See where a workload runs</para>
/// <code test="emulator">Get-RunAiWorkloadPod runai-train-4g7c2h9k</code>
/// <para>Each pod comes back with its phase and node.</para>
/// </example>
/// <example>
/// <para>See where all running workloads are</para>
/// <code test="emulator">Get-RunAiWorkload -Phase Running | Get-RunAiWorkloadPod</code>
/// <para>The pods of each workload come back.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "RunAiWorkloadPod")]
[OutputType(typeof(WorkloadPod))]
public sealed class GetWorkloadPodCommand : WorkloadDetailCommand
{
    private protected override Task ReadAsync(
        ControlPlaneClient client, string workloadId, Func<IEnumerable<object>, Task> write, CancellationToken cancellationToken) =>
        client.EachPodAsync(workloadId, First, page => write(page.Select(pod => pod.ToPod(workloadId))), cancellationToken);
}
