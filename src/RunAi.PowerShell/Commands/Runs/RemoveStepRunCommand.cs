using System.Management.Automation;
using RunAi.Operators;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;
using RunAi.Runs;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Removes runs for good: their records, logs, checkpoints and outputs in the artifact store and on this machine.</para>
/// <para type="description">
/// A run whose workload runs, waits or is stopped is refused, unless -Force is given: then its workload is deleted first. Images and the
/// artifacts of inputs stay, since other runs may use them.
/// </para>
/// </summary>
/// <example><code>Remove-RunAiStepRun 01JD8Z5V0Q4X9T2M7N3K6P1R8S</code></example>
/// <example><code>Get-RunAiStepRun -StepName experiment -State Failed | Remove-RunAiStepRun -Confirm:$false</code></example>
[Cmdlet(VerbsCommon.Remove, "RunAiStepRun", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveStepRunCommand : RunCommand
{
    /// <summary><para type="description">Deletes the workload of a run that is not over, too.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// <para type="description">With -Force: how long to wait until the deleted workload is gone, in seconds or as a TimeSpan; two minutes by default.
    /// While it is not, nothing else of the run is removed.</para>
    /// </summary>
    [Parameter]
    [Seconds]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    private protected override void ProcessRun(RunIdentity identity)
    {
        if (!ShouldProcess(identity.RunId, "Remove the run with its record, log and outputs"))
        {
            return;
        }

        var storeName = RecordStore(identity);
        Await(async (context, token) =>
        {
            var found = await new RecordedRuns(context).FindAsync(identity.RunId, storeName, token).ConfigureAwait(false);
            if (!found.Record.IsOver)
            {
                await EndAsync(found, context, token).ConfigureAwait(false);
            }

            foreach (var place in found.Places)
            {
                await RunRemoval.DeleteAsync(place, found.Record.RunId, token).ConfigureAwait(false);
            }
        });
    }

    private async Task EndAsync(RecordedRun found, CommandContext context, CancellationToken token)
    {
        var connection = await context.ConnectAsync(OperatorOf(found.Record), token).ConfigureAwait(false);
        var run = await RefreshAsync(found, connection, context, token).ConfigureAwait(false);
        if (!RunRemoval.IsLive(run))
        {
            return;
        }

        if (!Force || run.WorkloadId is null)
        {
            throw RunRemoval.Live(run);
        }

        await RunRemoval.DeleteWorkloadAsync(connection, run, Timeout, Session.Time, token).ConfigureAwait(false);
    }

    private static async Task<StepRun> RefreshAsync(RecordedRun found, StepOperatorConnection connection, CommandContext context, CancellationToken token)
    {
        var owners = await new RunServices(context).OwnersAsync(token).ConfigureAwait(false);
        return await new RunRefresh(new RunContext(connection, context.Session.Time, found.Journal, owners, context.Log))
            .RefreshAsync(found.Record, found.StoreName, found.Store, token).ConfigureAwait(false);
    }
}
