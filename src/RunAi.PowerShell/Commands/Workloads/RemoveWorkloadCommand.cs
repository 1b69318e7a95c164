using System.Management.Automation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Deletes workloads, with their records.</para>
/// <para type="description">The control plane accepts the request and acts on it a little later.</para>
/// </summary>
/// <example><code>Remove-RunAiWorkload runai-train-4g7c2h9k</code></example>
/// <example><code>Get-RunAiWorkload runai-test-* | Remove-RunAiWorkload -Confirm:$false</code></example>
[Cmdlet(VerbsCommon.Remove, "RunAiWorkload", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveWorkloadCommand : WorkloadCommand
{
    /// <inheritdoc/>
    private protected override void ProcessWorkload(WorkloadIdentity identity)
    {
        if (ShouldProcess(identity.Text, "Delete the workload"))
        {
            Ask(identity, (connection, id, token) => connection.Client.DeleteTrainingAsync(id, token));
        }
    }
}
