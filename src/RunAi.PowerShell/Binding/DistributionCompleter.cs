using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using RunAi.Steps;

namespace RunAi.PowerShell.Binding;

/// <summary>Completes the words of a distributed step's parameters.</summary>
public sealed class DistributionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var words = parameterName switch
        {
            nameof(StepDistribution.MpiLauncherCreationPolicy) => DistributionRules.LauncherPolicies,
            nameof(StepDistribution.CleanPodPolicy) => DistributionRules.CleanPodPolicies,
            _ => DistributionRules.Frameworks,
        };
        return Completion.Of(words, wordToComplete);
    }
}
