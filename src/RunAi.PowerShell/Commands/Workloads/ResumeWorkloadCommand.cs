using System.Management.Automation;
using RunAi.ControlPlane;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Resumes workloads that were suspended.</para>
/// <para type="description">The workload goes back to the queue and starts afresh with new pods; only what it saved outside them is left.</para>
/// </summary>
/// <example><code>Resume-RunAiWorkload runai-train-4g7c2h9k</code></example>
/// <example><code>Get-RunAiWorkload -Phase Stopped | Resume-RunAiWorkload</code></example>
[Cmdlet(VerbsLifecycle.Resume, "RunAiWorkload", SupportsShouldProcess = true)]
public sealed class ResumeWorkloadCommand : WorkloadActionCommand
{
    /// <inheritdoc/>
    private protected override WorkloadAction Action => WorkloadAction.Resume;

    /// <inheritdoc/>
    private protected override string Question => "Resume the workload";

    /// <inheritdoc/>
    private protected override string? AdviceOnEnded(string name) =>
        "it has ended, and only a stopped workload can be resumed. Submit the step again to run it.";
}
