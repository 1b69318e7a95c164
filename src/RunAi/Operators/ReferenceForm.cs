using System.Text.RegularExpressions;

namespace RunAi.Operators;

/// <summary>Whether a text has the outer form of a secret reference.</summary>
internal static class ReferenceForm
{
    public static bool Is(string text) => Regex.IsMatch(text, @"^\{\{[^{}]+\}\}\z", RegexOptions.CultureInvariant);

    /// <summary>True for a text that somebody meant as a reference, well formed or not.</summary>
    public static bool Resembles(string text) =>
        text.Contains("{{") || text.Contains("}}");
}
