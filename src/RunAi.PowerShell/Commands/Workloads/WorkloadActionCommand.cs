using System.Management.Automation;
using RunAi.ControlPlane;
using RunAi.Operators;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;
using RunAi.Workloads;

namespace RunAi.PowerShell.Commands;

/// <summary>A command that asks the control plane to do one thing to workloads: a hundred in one request.</summary>
public abstract class WorkloadActionCommand : WorkloadCommand
{
    private readonly List<(WorkloadIdentity Identity, RunAi.StepOperator Operator)> _named = [];

    /// <summary>
    /// <para type="description">Gives each workload that the control plane accepted the request for: as it is then, or, of one that is
    /// deleted, as it was before. The request may not have taken effect yet.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What is asked for.</summary>
    private protected abstract WorkloadAction Action { get; }

    /// <inheritdoc/>
    private protected override bool MustBeOnly => true;

    /// <summary>The action, as it is put to the user.</summary>
    private protected abstract string Question { get; }

    /// <summary>
    /// What to say of a workload that has ended, if the action means nothing to it: the end of a sentence, and the next thing to do.
    /// </summary>
    private protected virtual string? AdviceOnEnded(string name) => null;

    /// <summary>Those of the workloads that the user agrees to, by default asked for one by one.</summary>
    private protected virtual IReadOnlyList<WorkloadIdentity> Agreed(
        IReadOnlyList<WorkloadIdentity> identities, RunAi.StepOperator stepOperator) =>
        [.. identities.Where(identity => ShouldProcess(identity.Text, Question))];

    /// <inheritdoc/>
    private protected override void ProcessWorkload(WorkloadIdentity identity)
    {
        _named.Add((identity, ResolveOperator()));
        if (_named.Count == ControlPlaneClient.MostInABatch)
        {
            Send();
        }
    }

    /// <inheritdoc/>
    protected override void ProcessEnd() => Send();

    private void Send()
    {
        var groups = _named.GroupBy(item => item.Operator.Name, item => item, StringComparer.OrdinalIgnoreCase).ToArray();
        _named.Clear();
        foreach (var group in groups)
        {
            var identities = Agreed([.. group.Select(item => item.Identity)], group.First().Operator).ToArray();
            if (identities.Length == 0)
            {
                continue;
            }

            var (failures, accepted) = Await(async (context, token) =>
            {
                var connection = await context.ConnectAsync(group.First().Operator, token).ConfigureAwait(false);
                return await ActAsync(connection, identities, context, token).ConfigureAwait(false);
            });
            WriteObject(accepted, enumerateCollection: true);
            foreach (var (identity, failure) in failures)
            {
                WriteFailure(failure, identity.Text);
            }
        }
    }

    private async Task<(List<(WorkloadIdentity Identity, RunAiApiException Failure)> Failures, List<Workload> Accepted)> ActAsync(
        StepOperatorConnection connection, WorkloadIdentity[] identities, CommandContext context, CancellationToken token)
    {
        var catalog = new WorkloadCatalog(connection);
        var before = new Dictionary<string, Workload>(StringComparer.OrdinalIgnoreCase);
        List<(WorkloadIdentity, RunAiApiException)> failures = [];
        var byId = new Dictionary<string, WorkloadIdentity>(StringComparer.OrdinalIgnoreCase);
        foreach (var identity in identities)
        {
            try
            {
                var named = identity.Id is null ? await connection.WorkloadAsync(identity.Text, token).ConfigureAwait(false) : null;
                var id = identity.Id ?? named!.Id;
                if (PassThru && Action == WorkloadAction.Delete)
                {
                    before[id] = await catalog.GetAsync(id, token).ConfigureAwait(false);
                }

                byId[id] = identity;
                Advise(identity, named?.Phase ?? identity.Phase, context);
            }
            catch (RunAiApiException failure)
            {
                failures.Add((identity, failure));
            }
        }

        List<string> refused = [];
        try
        {
            foreach (var failure in await RequestAsync(connection.Client, [.. byId.Keys], token).ConfigureAwait(false))
            {
                refused.Add((string)failure.Target!);
                failures.Add((byId.TryGetValue((string)failure.Target!, out var identity) ? identity : identities[0], failure));
            }
        }
        catch (RunAiApiException failure)
        {
            failures.AddRange(byId.Values.Select(identity => (identity, failure)));
            return (failures, []);
        }

        var accepted = byId.Where(item => PassThru && !refused.Contains(item.Key, StringComparer.OrdinalIgnoreCase));
        return (failures, await ReadAsync(accepted, before, catalog, failures, token).ConfigureAwait(false));
    }

    /// <summary>The workloads as they are, or as they were where they are kept; one that cannot be read is a failure.</summary>
    private static async Task<List<Workload>> ReadAsync(
        IEnumerable<KeyValuePair<string, WorkloadIdentity>> accepted,
        Dictionary<string, Workload> before,
        WorkloadCatalog catalog,
        List<(WorkloadIdentity, RunAiApiException)> failures,
        CancellationToken token)
    {
        List<Workload> workloads = [];
        foreach (var (id, identity) in accepted.Select(item => (item.Key, item.Value)))
        {
            try
            {
                workloads.Add(before.TryGetValue(id, out var kept) ? kept : await catalog.GetAsync(id, token).ConfigureAwait(false));
            }
            catch (RunAiApiException failure)
            {
                failures.Add((identity, failure));
            }
        }

        return workloads;
    }

    private async Task<IReadOnlyList<RunAiApiException>> RequestAsync(ControlPlaneClient client, string[] ids, CancellationToken token)
    {
        if (ids.Length > 1)
        {
            return await client.ActOnManyAsync(Action, ids, token).ConfigureAwait(false);
        }

        foreach (var id in ids)
        {
            await (Action switch
            {
                WorkloadAction.Suspend => client.SuspendTrainingAsync(id, token),
                WorkloadAction.Resume => client.ResumeTrainingAsync(id, token),
                _ => client.DeleteTrainingAsync(id, token),
            }).ConfigureAwait(false);
        }

        return [];
    }

    /// <summary>The control plane accepts what will have no effect, and says nothing.</summary>
    private void Advise(WorkloadIdentity identity, string? phase, CommandContext context)
    {
        if (WorkloadPhases.Classify(phase) is PhaseClass.Succeeded or PhaseClass.Failed && AdviceOnEnded(identity.Text) is { } advice)
        {
            context.Log.Warning($"{identity.Text} is {phase}: {advice}");
        }
    }
}
