using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.Runs.Attending;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Brings the records of a project's runs up to date, and finds workloads that no record knows.</para>
/// <para type="description">
/// Runs whose submission died are settled: their workload is found by its name, or they end as failed. Runs that ended while nobody looked
/// get their end recorded. Each run that changed comes back. Then workloads that RunAi created in the project and that are recorded
/// neither in the store nor on this machine come back, and are deleted with -Remove, a hundred in one request. They may be the runs of
/// another stack with another store: look at them before you remove them. With -WhatIf nothing is recorded and nothing deleted: each record
/// that would change is named.
/// </para>
/// </summary>
/// <example>
/// <para>Bring a project's records up to date</para>
/// <code test="emulator">Sync-RunAiStepRun</code>
/// <para>Each run whose record changed comes back, then each workload that no record knows.</para>
/// </example>
/// <example>
/// <para>See which workloads without a record would be deleted</para>
/// <code test="emulator">Sync-RunAiStepRun -Stack prod -Remove -WhatIf</code>
/// <para>Each is named in a what-if message. Nothing is deleted.</para>
/// </example>
[Cmdlet(VerbsData.Sync, "RunAiStepRun", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(StepRun), typeof(Workload))]
public sealed class SyncStepRunCommand : OperatorCommand
{
    /// <summary><para type="description">The artifact store that has the records; the stack's when it is left out.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(ArtifactStoreNameCompleter))]
    public string? ArtifactStore { get; set; }

    /// <summary><para type="description">Deletes the workloads that no record knows.</para></summary>
    [Parameter]
    public SwitchParameter Remove { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var storeName = string.IsNullOrEmpty(ArtifactStore) ? ResolveStack().Stack.ArtifactStore : ArtifactStore;
        var isRehearsal = IsWhatIf;
        var orphans = AwaitConnected((connection, context, token) =>
            new RunSynchronizer(context.Services, connection) { IsRehearsal = isRehearsal }.SyncAsync(
                storeName,
                run => context.Pump.Post(() => Write(run, isRehearsal)),
                (failure, runId) => context.Pump.Post(() => WriteFailure(failure, runId)),
                token));
        foreach (var orphan in orphans)
        {
            WriteObject(orphan);
        }

        if (Remove)
        {
            Delete([.. orphans.Where(IsAgreed).Select(workload => workload.WorkloadId)]);
        }
    }

    /// <summary>A run whose record changed, or with -WhatIf would change: then it is only named.</summary>
    private void Write(StepRun run, bool isRehearsal)
    {
        if (!isRehearsal || ShouldProcess($"{run.RunId} ({run.WorkloadName})", $"Record that the run is {run.State}"))
        {
            WriteObject(run);
        }
    }

    private bool IsAgreed(Workload workload) =>
        ShouldProcess($"{workload.Name} ({workload.Phase})", "Delete the workload, which no record knows");

    private void Delete(string[] workloadIds)
    {
        if (workloadIds.Length > 0)
        {
            var stepOperator = ResolveOperator();
            Await(async (context, token) =>
            {
                var connection = await context.ConnectAsync(stepOperator, token).ConfigureAwait(false);
                await new RunSynchronizer(context.Services, connection)
                    .DeleteAsync(workloadIds, failure => context.Pump.Post(() => WriteFailure(failure)), token).ConfigureAwait(false);
            });
        }
    }
}
