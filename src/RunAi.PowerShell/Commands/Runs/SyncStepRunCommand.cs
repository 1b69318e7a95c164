using System.Management.Automation;
using RunAi.Content;
using RunAi.ControlPlane;
using RunAi.Operators;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;
using RunAi.Runs;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Brings the records of a project's runs up to date, and finds workloads that no record knows.</para>
/// <para type="description">
/// Runs whose submission died are settled: their workload is found by its name, or they end as failed. Runs that ended while nobody looked
/// get their end recorded. Each run that changed comes back. Then workloads that RunAi created in the project and that are recorded
/// neither in the store nor on this machine come back, and are deleted with -Remove, a hundred in one request. They may be the runs of
/// another stack with another store: look at them before you remove them.
/// </para>
/// </summary>
/// <example><code>Sync-RunAiStepRun</code></example>
/// <example><code>Sync-RunAiStepRun -Stack prod -Remove -WhatIf</code></example>
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
        var orphans = AwaitConnected((connection, context, token) => SyncAsync(connection, storeName, context, token));
        foreach (var orphan in orphans)
        {
            WriteObject(orphan);
        }

        if (!Remove)
        {
            return;
        }

        var agreed = orphans.Where(workload => ShouldProcess($"{workload.Name} ({workload.Phase})", "Delete the workload, which no record knows")).Select(workload => workload.WorkloadId).ToArray();
        for (var from = 0; from < agreed.Length; from += ControlPlaneClient.MostInABatch)
        {
            var ids = agreed.Skip(from).Take(ControlPlaneClient.MostInABatch).ToArray();
            foreach (var failure in AwaitConnected((connection, _, token) => connection.Client.ActOnManyAsync(WorkloadAction.Delete, ids, token)))
            {
                WriteFailure(failure);
            }
        }
    }

    private async Task<IReadOnlyList<Workload>> SyncAsync(
        StepOperatorConnection connection, string? storeName, CommandContext context, CancellationToken token)
    {
        var runs = new RecordedRuns(context);
        var places = await runs.PlacesAsync(storeName, token).ConfigureAwait(false);
        var (recorded, known) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        List<(RunRecord Record, RecordStore Place)> open = [];
        await new RunCatalog(places).ListAsync(_ => true, record => RunOperators.Reaches(connection.Operator, record), int.MaxValue, Note, token).ConfigureAwait(false);

        var owners = await new RunServices(context).OwnersAsync(token).ConfigureAwait(false);
        var workloads = await NamedWorkloads.ListAsync(connection, token).ConfigureAwait(false);
        await Concurrently.SelectAsync(open, async item =>
        {
            var found = await runs.OpenAsync(item.Record, item.Place, places, token).ConfigureAwait(false);
            await SyncAsync(connection, found, workloads.PhaseOf(item.Record.WorkloadId), owners, context, token).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        return await workloads.OrphansAsync(recorded.Contains, known.Contains, token).ConfigureAwait(false);

        void Note(RunRecord record, RecordStore place)
        {
            recorded.Add(record.RunId);
            known.UnionWith(record.WorkloadIds);
            if (!record.IsOver)
            {
                open.Add((record, place));
            }
        }
    }

    private async Task SyncAsync(
        StepOperatorConnection connection, RecordedRun found, string? phase, RunOwners owners, CommandContext context, CancellationToken token)
    {
        try
        {
            var run = await new RunRefresh(new RunContext(connection, Session.Time, found.Journal, owners, context.Log))
                .RefreshAsync(found.Record, found.StoreName, found.Store, token, phase).ConfigureAwait(false);
            if (run.State != found.Record.State)
            {
                context.Pump.Post(() => WriteObject(run));
            }
        }
        catch (RunAiException failure)
        {
            context.Pump.Post(() => WriteFailure(failure, found.Record.RunId));
        }
    }
}
