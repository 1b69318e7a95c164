using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using RunAi.Measuring;

namespace RunAi.PowerShell.Binding;

/// <summary>Completes the types of metrics: those of a workload, or those of a pod where pods are read.</summary>
public sealed class MetricTypeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var ofPods = fakeBoundParameters.Contains("PerPod") || fakeBoundParameters.Contains("PodId");
        var types = ofPods ? MetricTypes.OfPods : MetricTypes.OfWorkloads;
        return Completion.Of(types.Select(type => (type, $"{type} ({MetricTypes.UnitOf(type)})")), wordToComplete);
    }
}
