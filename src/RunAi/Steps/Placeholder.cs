using System.Text.RegularExpressions;

namespace RunAi.Steps;

/// <summary>Finds <c>{{...}}</c> in commands and environment values: words of the run, or references to secrets.</summary>
internal static class Placeholder
{
    private static readonly Regex OfTheRun = new(
        @"\{\{\s*(inputs|outputs|checkpoint)\b[^{}]*\}\}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly Regex Any = new(@"\{\{\s*[A-Za-z0-9_][^{}]*\}\}", RegexOptions.CultureInvariant);

    /// <summary>The first placeholder whose first word is inputs, outputs or checkpoint, or null.</summary>
    public static string? Reserved(string text) => OfTheRun.Match(text) is { Success: true } match ? match.Value : null;

    /// <summary>
    /// True when the text is or holds a secret reference: <c>{{secret.key}}</c>, <c>{{vault/secret.key}}</c>, <c>{{env:NAME}}</c>.
    /// </summary>
    public static bool HoldsSecretReference(string text) => Any.IsMatch(OfTheRun.Replace(text, ""));

    /// <summary>What to tell of a reserved placeholder.</summary>
    public static string NeedsStore(string placeholder) =>
        $"{placeholder} needs an artifact store, which carries inputs, outputs and checkpoints, and which this version cannot use. "
        + "Name a path in the container instead.";
}
