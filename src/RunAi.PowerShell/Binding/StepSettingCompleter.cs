using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using RunAi.Steps;

namespace RunAi.PowerShell.Binding;

/// <summary>Completes the words a step setting takes. It offers and does not refuse: the check of all settings does that.</summary>
public sealed class StepSettingCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completion.Of(StepSettingsSchema.Find(parameterName)?.Options ?? [], wordToComplete);
}
