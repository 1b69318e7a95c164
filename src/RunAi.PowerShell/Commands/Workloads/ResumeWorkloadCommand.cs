using System.Management.Automation;
using RunAi.ControlPlane;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Resumes workloads that were suspended.</para>
/// <para type="description">The workload goes back to the queue and starts afresh with new pods; only what it saved outside them is
/// left.</para>
/// </summary>
/// <example>
/// <para>Resume one workload</para>
/// <code>Resume-RunAiWorkload runai-train-4g7c2h9k</code>
/// <para>Nothing comes back. Wait for it with Wait-RunAiWorkload.</para>
/// </example>
/// <example>
/// <para>Resume all that are suspended</para>
/// <code test="emulator">Get-RunAiWorkload -Phase Stopped | Resume-RunAiWorkload</code>
/// <para>Nothing comes back.</para>
/// </example>
/// <example>
/// <para>Resume and wait</para>
/// <code test="emulator">Get-RunAiWorkload -Phase Stopped | Resume-RunAiWorkload -PassThru | Wait-RunAiWorkload</code>
/// <para>Each workload comes back when it has ended.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Resume, "RunAiWorkload", SupportsShouldProcess = true)]
[OutputType(typeof(Workload))]
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
