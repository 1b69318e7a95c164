namespace RunAi.Wording;

/// <summary>What to write instead of a word that is not known.</summary>
internal static class Suggestion
{
    private const int ShortestBeginning = 3;

    /// <summary>A sentence with the known words that begin so, else with the nearest, else with all of them.</summary>
    public static string For(string word, IReadOnlyCollection<string> known) => Of(word, known).Text;

    /// <summary>The same sentence, and whether it lists all of them, which need not be said twice.</summary>
    public static (string Text, bool IsList) Of(string word, IReadOnlyCollection<string> known)
    {
        var longer = word.Length < ShortestBeginning
            ? []
            : known.Where(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Take(3).ToArray();
        return longer.Length > 0 ? ($"Did you mean {string.Join(" or ", longer)}?", false)
            : NearestName.Of(word, known) is { } nearest ? ($"Did you mean {nearest}?", false)
            : ($"Known are {string.Join(", ", known)}.", true);
    }
}
