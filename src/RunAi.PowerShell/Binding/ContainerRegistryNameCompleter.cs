using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace RunAi.PowerShell.Binding;

/// <summary>Completes the names of registered container registries; silent when the configuration cannot be read.</summary>
public sealed class ContainerRegistryNameCompleter : IArgumentCompleter
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
            return [.. Configuration.ContainerRegistries.Get()
                .Where(one => Completion.Matches(one.Name, wordToComplete))
                .Select(one => Completion.Result(one.Name, one.ToString()))];
        }
        catch (RunAiException)
        {
            // Completion never disturbs typing; the command itself will say what is wrong.
            return [];
        }
    }
}
