using System.Management.Automation;
using RunAi.ControlPlane;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Suspends workloads: their pods go, their records stay, and they can be resumed.</para>
/// <para type="description">The control plane accepts the request and acts on it a little later. Many are asked for a hundred in one
/// request; one that fails leaves the others.</para>
/// </summary>
/// <example>
/// <para>Suspend one workload</para>
/// <code>Stop-RunAiWorkload runai-train-4g7c2h9k</code>
/// <para>Nothing comes back. Resume-RunAiWorkload puts it into the queue again.</para>
/// </example>
/// <example>
/// <para>Suspend all that run</para>
/// <code test="emulator">Get-RunAiWorkload -Phase Running | Stop-RunAiWorkload</code>
/// <para>Nothing comes back.</para>
/// </example>
/// <example>
/// <para>See what was suspended</para>
/// <code test="emulator">Get-RunAiWorkload -Phase Running | Stop-RunAiWorkload -PassThru | Select-Object Name, Phase</code>
/// <para>Each workload that the control plane accepted the request for comes back, in the phase that it has then.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "RunAiWorkload", SupportsShouldProcess = true)]
[OutputType(typeof(Workload))]
public sealed class StopWorkloadCommand : WorkloadActionCommand
{
    /// <inheritdoc/>
    private protected override WorkloadAction Action => WorkloadAction.Suspend;

    /// <inheritdoc/>
    private protected override string Question => "Suspend the workload";

    /// <inheritdoc/>
    private protected override string? AdviceOnEnded(string name) =>
        $"it has ended and holds no GPU, so that there is nothing to stop. Remove-RunAiWorkload {name} deletes its record.";
}
