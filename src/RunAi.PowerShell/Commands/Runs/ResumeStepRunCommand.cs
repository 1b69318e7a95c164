using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;
using RunAi.Runs;

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
/// <example><code>Resume-RunAiStepRun 01JD8Z5V0Q4X9T2M7N3K6P1R8S -Wait | Receive-RunAiStep</code></example>
/// <example><code>Get-RunAiStepRun -State Submitted, Running | Resume-RunAiStepRun</code></example>
[Cmdlet(VerbsLifecycle.Resume, "RunAiStepRun")]
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
        var (run, failure) = Await((context, token) => AttachAsync(identity, storeName, context, token));
        WriteObject(run);
        if (failure is not null)
        {
            WriteFailure(failure);
        }
    }

    private async Task<(StepRun Run, RunAiException? Failure)> AttachAsync(
        RunIdentity identity, string? storeName, CommandContext context, CancellationToken token)
    {
        var found = await new RecordedRuns(context).FindAsync(identity.RunId, storeName, token).ConfigureAwait(false);
        var run = found.Run;
        if (found.Record.IsOver && run.NextAttemptAt is null)
        {
            return (run, Wait ? EndedRunErrors.FailureOf(run) : null);
        }

        var connection = await context.ConnectAsync(OperatorOf(found.Record), token).ConfigureAwait(false);
        if (!found.Record.IsOver)
        {
            var owners = await new RunServices(context).OwnersAsync(token).ConfigureAwait(false);
            run = await new RunRefresh(new RunContext(connection, Session.Time, found.Journal, owners, context.Log))
                .RefreshAsync(found.Record, found.StoreName, found.Store, token).ConfigureAwait(false);
        }

        return !Wait ? (run, null)
            : (run.State is StepRunState.Submitted or StepRunState.Running && run.WorkloadId is not null) || run.NextAttemptAt is not null
                ? await new RunAttendant(connection, context, this).FollowAsync(run, found.Store, found.Journal, token).ConfigureAwait(false)
                : (run, EndedRunErrors.FailureOf(run));
    }
}
