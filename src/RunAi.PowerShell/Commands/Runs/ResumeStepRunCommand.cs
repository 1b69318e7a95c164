using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.Runs.Attending;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Attaches to a run again, from any machine that has its artifact store, and returns it as it stands now.</para>
/// <para type="description">
/// The control plane and the run's store are asked, and an end that nobody has seen is recorded. A run whose submission died is settled:
/// its workload is found, or the run ends as failed. With -Wait the log is shown and the run comes back when it has ended; one that did not
/// succeed gives an error. A run that was submitted with -Retry goes on with its attempts, counted from its record. Attaching never harms the
/// workload, and Ctrl+C leaves it running.
/// </para>
/// </summary>
/// <example>
/// <para>Wait for a run that was submitted elsewhere</para>
/// <code>Resume-RunAiStepRun 01JD8Z5V0Q4X9T2M7N3K6P1R8S -Wait | Receive-RunAiStep</code>
/// <para>The log is shown while the run lasts, and the run's outputs come back.</para>
/// </example>
/// <example>
/// <para>Collect the run of a key in another job</para>
/// <code>Resume-RunAiStepRun -RunKey "$env:BUILD_BUILDID/train" -Wait</code>
/// <para>The finished run comes back. The step need not be written again.</para>
/// </example>
/// <example>
/// <para>Bring the records of open runs up to date</para>
/// <code test="emulator">Get-RunAiStepRun -State Submitted, Running | Resume-RunAiStepRun</code>
/// <para>Each run comes back as the control plane shows it now.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Resume, "RunAiStepRun", DefaultParameterSetName = ByRun)]
[OutputType(typeof(StepRun))]
public sealed class ResumeStepRunCommand : RunCommand
{
    /// <summary><para type="description">Shows the log and waits for the run's end.</para></summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <inheritdoc/>
    private protected override void ProcessRun(RunIdentity identity)
    {
        var storeName = RecordStore(identity);
        var (run, failure) = Await(async (context, token) =>
        {
            using var observer = context.Observe();
            return await new RunAttendant(context.Services, observer)
                .AttachAsync(identity.RunId, storeName, OperatorChoice, Wait, token).ConfigureAwait(false);
        });
        WriteObject(run);
        if (failure is not null)
        {
            WriteFailure(failure);
        }
    }
}
