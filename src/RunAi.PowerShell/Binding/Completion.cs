using System.Management.Automation;
using System.Management.Automation.Language;

namespace RunAi.PowerShell.Binding;

/// <summary>Completion results, quoted where the shell needs it.</summary>
internal static class Completion
{
    public static bool Matches(string candidate, string typed) =>
        candidate.StartsWith(typed.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase);

    public static CompletionResult Result(string text, string tooltip) =>
        new(Quoted(text), text, CompletionResultType.ParameterValue, tooltip);

    private static string Quoted(string text) =>
        text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.')
            ? text
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
}
