using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using RunAi.PowerShell.Pipeline;

namespace RunAi.PowerShell.Binding;

/// <summary>Completes names that are registered in the configuration; silent when it cannot be read.</summary>
public abstract class RegisteredNameCompleter : IArgumentCompleter
{
    /// <summary>The registered names in a configuration, each with the tooltip to show beside it.</summary>
    private protected abstract IEnumerable<(string Name, string Tooltip)> Registered(Configuration configuration);

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
            return [.. Completion.Of(Registered(new Configuration(SessionEnvironment.Current)), wordToComplete)];
        }
        catch (RunAiException)
        {
            // Completion never disturbs typing; the command itself will say what is wrong.
            return [];
        }
    }
}
