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

    /// <summary>What is asked for.</summary>
    private protected abstract WorkloadAction Action { get; }

    /// <inheritdoc/>
    private protected override bool MustBeOnly => true;

    /// <summary>The action, as it is put to the user.</summary>
    private protected abstract string Question { get; }

    /// <summary>What to say of a workload that has ended, if the action means nothing to it: the end of a sentence, and the next thing to do.</summary>
    private protected virtual string? AdviceOnEnded(string name) => null;

    /// <summary>Those of the workloads that the user agrees to, by default asked for one by one.</summary>
    private protected virtual IReadOnlyList<WorkloadIdentity> Agreed(IReadOnlyList<WorkloadIdentity> identities, RunAi.StepOperator stepOperator) =>
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

            var failures = Await(async (context, token) =>
            {
                var connection = await context.ConnectAsync(group.First().Operator, token).ConfigureAwait(false);
                return await ActAsync(connection, identities, context, token).ConfigureAwait(false);
            });
            foreach (var (identity, failure) in failures)
            {
                WriteFailure(failure, identity.Text);
            }
        }
    }

    private async Task<List<(WorkloadIdentity Identity, RunAiApiException Failure)>> ActAsync(
        StepOperatorConnection connection, WorkloadIdentity[] identities, CommandContext context, CancellationToken token)
    {
        List<(WorkloadIdentity, RunAiApiException)> failures = [];
        var byId = new Dictionary<string, WorkloadIdentity>(StringComparer.OrdinalIgnoreCase);
        foreach (var identity in identities)
        {
            try
            {
                var named = identity.Id is null ? await connection.WorkloadAsync(identity.Text, token).ConfigureAwait(false) : null;
                byId[identity.Id ?? named!.Id] = identity;
                Advise(identity, named?.Phase ?? identity.Phase, context);
            }
            catch (RunAiApiException failure)
            {
                failures.Add((identity, failure));
            }
        }

        try
        {
            foreach (var failure in await RequestAsync(connection.Client, [.. byId.Keys], token).ConfigureAwait(false))
            {
                failures.Add((byId.TryGetValue((string)failure.Target!, out var refused) ? refused : identities[0], failure));
            }
        }
        catch (RunAiApiException failure)
        {
            failures.AddRange(byId.Values.Select(identity => (identity, failure)));
        }

        return failures;
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
