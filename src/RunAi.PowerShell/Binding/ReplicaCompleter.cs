using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using RunAi.Operators;
using RunAi.Workloads;

namespace RunAi.PowerShell.Binding;

/// <summary>
/// Completes the replicas of a distributed step. Of a run with the step runner its record tells them, whether it was given, piped or named;
/// of any other workload the control plane tells its pods.
/// </summary>
public sealed class ReplicaCompleter : LiveNameCompleter
{
    /// <summary>The parameters that a run may be given by.</summary>
    private static readonly string[] Naming = ["Run", "Workload", "RunKey"];

    private string? _workload;

    /// <inheritdoc/>
    public override IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var given = Naming.Where(fakeBoundParameters.Contains).Select(name => fakeBoundParameters[name]).FirstOrDefault()
            ?? Piped(commandAst);
        var runs = Items(given).Select(item => item as StepRun ?? Recorded(item)).ToArray();
        var replicas = runs.OfType<StepRun>().SelectMany(run => run.Replicas)
            .GroupBy(replica => replica.Name, StringComparer.Ordinal).Select(same => same.First()).ToArray();
        if (replicas.Length > 0)
        {
            return Completion.Of(replicas.Select(replica => (replica.Name, replica.ToString())), wordToComplete);
        }

        _workload = runs.FirstOrDefault()?.WorkloadName ?? (Items(given).FirstOrDefault() is { } first ? Text(first) : null);
        return base.CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters);
    }

    private protected override async Task<IEnumerable<(string Name, string Tooltip)>> NamesAsync(
        StepOperatorConnection connection, string typed, CancellationToken cancellationToken)
    {
        if (_workload is null)
        {
            return [];
        }

        var workload = await connection.WorkloadAsync(_workload, cancellationToken).ConfigureAwait(false);
        var pods = await connection.Client.ListPodsAsync(workload.Id, Most, cancellationToken).ConfigureAwait(false);
        return pods.OrderBy(pod => pod.Name, StringComparer.Ordinal)
            .Select(pod => (Replica(pod.Name, workload.Name), pod.ToPod(workload.Id).ToString())).Distinct();
    }

    /// <summary>What the pod is in its workload, as the commands on logs take it.</summary>
    private static string Replica(string pod, string workload)
    {
        var rest = pod.StartsWith(workload + "-", StringComparison.Ordinal) ? pod.Substring(workload.Length + 1) : pod;
        return rest is "master-0" or "launcher-0" ? rest.Substring(0, rest.Length - 2) : rest;
    }

    private static IEnumerable<object> Items(object? given) => (given is PSObject wrapped ? wrapped.BaseObject : given) switch
    {
        null => [],
        object?[] many => many.SelectMany(Items),
        var one => [one],
    };

    private static string Text(object given) => given is Workload workload ? workload.Name : given.ToString() ?? "";

    private static StepRun? Recorded(object given)
    {
        var text = Text(given);
        var runs = RecordedRunCompleter.Recorded(run =>
            new[] { run.RunId, run.WorkloadName, run.WorkloadId, run.RunKey, run.StepName }.Contains(
                text, StringComparer.OrdinalIgnoreCase));
        return runs.Count > 0 ? runs[0] : null;
    }

    /// <summary>What the variable holds that the pipeline begins with.</summary>
    private static object?[]? Piped(CommandAst command)
    {
        if (command.Parent is not PipelineAst pipeline
            || pipeline.PipelineElements[0] is not CommandExpressionAst { Expression: VariableExpressionAst variable })
        {
            return null;
        }

        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        return [.. shell.AddCommand("Get-Variable")
            .AddParameter("Name", variable.VariablePath.UserPath).AddParameter("ValueOnly").AddParameter("ErrorAction", "Ignore").Invoke()];
    }
}
