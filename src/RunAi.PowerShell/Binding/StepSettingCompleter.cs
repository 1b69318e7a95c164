using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using RunAi.Steps;

namespace RunAi.PowerShell.Binding;

/// <summary>Completes the words a step setting takes. It offers and does not refuse: the check of all settings does that.</summary>
public sealed class StepSettingCompleter : IArgumentCompleter
{
    // The Run:ai API describes these in prose; a control plane may have others.
    private static readonly string[] Priorities = ["very-low", "low", "medium-low", "medium", "medium-high", "high", "very-high"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var words = parameterName == nameof(StepSettings.PriorityClass)
            ? Priorities
            : StepSettingsSchema.Find(parameterName)?.Options ?? [];
        return words.Where(w => Completion.Matches(w, wordToComplete)).Select(w => Completion.Result(w, w));
    }
}
