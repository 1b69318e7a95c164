using System.Management.Automation;
using System.Management.Automation.Language;

namespace RunAi.PowerShell.Binding;

/// <summary>Completion results, quoted where the shell needs it.</summary>
internal static class Completion
{
    /// <summary>The words that go on from what was typed.</summary>
    public static IEnumerable<CompletionResult> Of(IEnumerable<string> words, string typed) =>
        Of(words.Select(static word => (word, word)), typed);

    /// <summary>The texts that go on from what was typed, each with the tooltip to show beside it.</summary>
    public static IEnumerable<CompletionResult> Of(IEnumerable<(string Text, string Tooltip)> candidates, string typed) =>
        candidates.Where(candidate => Matches(candidate.Text, typed)).Select(static candidate => Result(candidate.Text, candidate.Tooltip));

    public static bool Matches(string candidate, string typed) =>
        candidate.StartsWith(Bare(typed), StringComparison.OrdinalIgnoreCase);

    /// <summary>What was typed, without quotes.</summary>
    public static string Bare(string typed) => typed.Trim('\'', '"');

    public static CompletionResult Result(string text, string tooltip) =>
        new(Quoted(text), text, CompletionResultType.ParameterValue, tooltip);

    private static string Quoted(string text) =>
        text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.')
            ? text
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
}
