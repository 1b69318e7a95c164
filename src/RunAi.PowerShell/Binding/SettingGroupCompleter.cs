using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using RunAi.Steps;

namespace RunAi.PowerShell.Binding;

/// <summary>Completes the words that a setting of a mount, toleration or other group takes.</summary>
public sealed class SettingGroupCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var noun = commandName.Substring(commandName.IndexOf('-') + 1);
        var words = StepSettingsSchema.Rows.SelectMany(row => row.Groups)
            .Where(schema => "RunAi" + schema.Create().GetType().Name == noun)
            .SelectMany(schema => schema.Find(parameterName)?.Options ?? []);
        return Completion.Of(words, wordToComplete);
    }
}
