using System.Text.RegularExpressions;

namespace RunAi.Wording;

/// <summary>
/// Finds variables that nobody filled in: <c>$(NAME)</c> of Azure Pipelines, which leaves it as it is where there is no such variable,
/// <c>${{ NAME }}</c> of its templates and of GitHub, <c>%NAME%</c> of Windows, and <c>&lt;placeholder&gt;</c> of a documentation.
/// </summary>
internal static class UnexpandedVariable
{
    private const string Forms =
        @"\$\((?<name>[A-Za-z_][A-Za-z0-9_.-]*)\)|\$\{\{(?<template>[^{}]*)\}\}"
        + @"|%(?<windows>[A-Za-z_][A-Za-z0-9_]*)%|<(?<word>[A-Za-z][A-Za-z0-9 _.-]*)>";

    private static readonly Regex Within = new(Forms, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
    private static readonly Regex Whole = new($@"\A\s*(?:{Forms})\s*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    /// <summary>A sentence for a text that is such a variable and nothing else; null for any other text.</summary>
    public static string? Flaw(string text) => Sentence(Whole.Match(text));

    /// <summary>A sentence for a text that holds such a variable; null for any other text.</summary>
    public static string? FlawWithin(string text) => Sentence(Within.Match(text));

    private static string? Sentence(Match match)
    {
        if (!match.Success)
        {
            return null;
        }

        var variable = match.Value.Trim();
        return match.Groups["name"] is { Success: true, Value: var name }
            ? $"{variable} is a variable that nobody filled in: Azure Pipelines has no variable '{name}' here. "
                + "Define it, or map a secret one under 'env:'; builds of forks get no secrets."
            : match.Groups["word"].Success
                ? $"{variable} is a placeholder. Write the value in its place."
                : $"{variable} is a variable that nobody filled in. Give it a value, or write the value in its place.";
    }
}
