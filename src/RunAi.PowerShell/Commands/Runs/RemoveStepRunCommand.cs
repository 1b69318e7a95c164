using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.Runs.Attending;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Removes runs for good: their records, logs, checkpoints and outputs in the artifact store and on this
/// machine.</para>
/// <para type="description">
/// A run whose workload runs, waits or is stopped is refused, unless -Force is given: then its workload is deleted first. Images and the
/// artifacts of inputs stay, since other runs may use them.
/// </para>
/// </summary>
/// <example>
/// <para>Remove one run</para>
/// <code>Remove-RunAiStepRun 01JD8Z5V0Q4X9T2M7N3K6P1R8S</code>
/// <para>Nothing comes back. You are asked first, since the outputs are deleted, too.</para>
/// </example>
/// <example>
/// <para>Clean up after experiments</para>
/// <code test="emulator">Get-RunAiStepRun -StepName experiment -State Failed | Remove-RunAiStepRun -Confirm:$false</code>
/// <para>Nothing comes back. All failed runs of the step experiment are removed without a question.</para>
/// </example>
[Cmdlet(
    VerbsCommon.Remove, "RunAiStepRun", DefaultParameterSetName = ByRun, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveStepRunCommand : RunCommand
{
    /// <summary><para type="description">Deletes the workload of a run that is not over, too.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// <para type="description">With -Force: how long to wait until the deleted workload is gone, in seconds, as text such as 90s, 24h or
    /// 1d12h, or as a TimeSpan; two minutes by default. While it is not, nothing else of the run is removed.</para>
    /// </summary>
    [Parameter]
    [Seconds]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    private protected override bool MustBeOnly => true;

    /// <inheritdoc/>
    private protected override void ProcessRun(RunIdentity identity)
    {
        if (!ShouldProcess(
            identity.Run is { } run ? $"{run.RunId} ({run.StepName}, {run.State})" : identity.RunId,
            "Remove the run with its record, log and outputs"))
        {
            return;
        }

        var storeName = RecordStore(identity);
        Await((context, token) => new RunRemover(context.Services) { Force = Force, Patience = Timeout }
            .RemoveAsync(identity.RunId, storeName, OperatorChoice, token));
    }
}
