using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace RunAi.PowerShell.Binding;

/// <summary>Completes the names of registered step operators; silent when the configuration cannot be read.</summary>
public sealed class StepOperatorNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        try
        {
            return [.. Configuration.StepOperators.Get()
                .Where(o => Completion.Matches(o.Name, wordToComplete))
                .Select(o => Completion.Result(o.Name, o.ToString()))];
        }
        catch (RunAiException)
        {
            // Completion never disturbs typing; the command itself will say what is wrong.
            return [];
        }
    }
}
