using System.Management.Automation;
using RunAi.ControlPlane;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Deletes workloads, with their records.</para>
/// <para type="description">The control plane accepts the request and acts on it a little later. Many are asked for a hundred in one request; one that fails leaves the others.</para>
/// </summary>
/// <example>
/// <para>Delete one workload</para>
/// <code>Remove-RunAiWorkload runai-train-4g7c2h9k</code>
/// <para>Nothing comes back. The run's record, log and outputs stay.</para>
/// </example>
/// <example>
/// <para>Delete test workloads without a question</para>
/// <code test="emulator">Get-RunAiWorkload runai-test-* | Remove-RunAiWorkload -Confirm:$false</code>
/// <para>Nothing comes back.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "RunAiWorkload", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveWorkloadCommand : WorkloadActionCommand
{
    /// <inheritdoc/>
    private protected override WorkloadAction Action => WorkloadAction.Delete;

    /// <inheritdoc/>
    private protected override string Question => "Delete the workload";
}
