using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using RunAi.Workloads;

namespace RunAi.PowerShell.Binding;

/// <summary>Completes the phases of a workload.</summary>
public sealed class PhaseCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completion.Of(WorkloadPhases.All, wordToComplete);
}
