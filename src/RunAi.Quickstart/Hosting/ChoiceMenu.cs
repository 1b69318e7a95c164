using System.Management.Automation.Host;

namespace RunAi.Quickstart.Hosting;

/// <summary>The choices of a question such as a confirmation, each with the letter after its ampersand.</summary>
internal sealed class ChoiceMenu(IReadOnlyList<ChoiceDescription> choices, int defaultChoice)
{
    /// <summary>For example <c>[Y] Yes  [N] No  (default is "Y"): </c>.</summary>
    public string Question =>
        string.Join("  ", choices.Select(choice => $"[{Key(choice)}] {Label(choice)}"))
        + (defaultChoice >= 0 ? $"  (default is \"{Key(choices[defaultChoice])}\"): " : ": ");

    /// <summary>The index of the choice that the answer names by its letter or its whole label, if it names one.</summary>
    public int? Pick(string answer)
    {
        var word = answer.Trim();
        if (word.Length == 0)
        {
            return defaultChoice >= 0 ? defaultChoice : null;
        }

        for (var i = 0; i < choices.Count; i++)
        {
            if (Same(word, Key(choices[i])) || Same(word, Label(choices[i])))
            {
                return i;
            }
        }

        return null;
    }

    private static string Label(ChoiceDescription choice) => choice.Label.Replace("&", "", StringComparison.Ordinal);

    private static string Key(ChoiceDescription choice)
    {
        var mark = choice.Label.IndexOf('&', StringComparison.Ordinal);
        return mark >= 0 && mark + 1 < choice.Label.Length
            ? choice.Label.Substring(mark + 1, 1).ToUpperInvariant()
            : Label(choice);
    }

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
