using System.Management.Automation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Suspends workloads: their pods go, their records stay, and they can be resumed.</para>
/// <para type="description">The control plane accepts the request and acts on it a little later.</para>
/// </summary>
/// <example><code>Stop-RunAiWorkload runai-train-4g7c2h9k</code></example>
/// <example><code>Get-RunAiWorkload -Phase Running | Stop-RunAiWorkload</code></example>
[Cmdlet(VerbsLifecycle.Stop, "RunAiWorkload", SupportsShouldProcess = true)]
public sealed class StopWorkloadCommand : WorkloadCommand
{
    /// <inheritdoc/>
    private protected override void ProcessWorkload(WorkloadIdentity identity)
    {
        if (ShouldProcess(identity.Text, "Suspend the workload"))
        {
            Ask(identity, (connection, id, token) => connection.Client.SuspendTrainingAsync(id, token));
        }
    }
}
