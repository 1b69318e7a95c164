using System.Management.Automation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Resumes workloads that were suspended.</para>
/// <para type="description">The workload goes back to the queue and starts afresh with new pods; only what it saved outside them is left.</para>
/// </summary>
/// <example><code>Resume-RunAiWorkload runai-train-4g7c2h9k</code></example>
/// <example><code>Get-RunAiWorkload -Phase Stopped | Resume-RunAiWorkload</code></example>
[Cmdlet(VerbsLifecycle.Resume, "RunAiWorkload", SupportsShouldProcess = true)]
public sealed class ResumeWorkloadCommand : WorkloadCommand
{
    /// <inheritdoc/>
    private protected override void ProcessWorkload(WorkloadIdentity identity)
    {
        if (ShouldProcess(identity.Text, "Resume the workload"))
        {
            Ask(identity, (connection, id, token) => connection.Client.ResumeTrainingAsync(id, token));
        }
    }
}
