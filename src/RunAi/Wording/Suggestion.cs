namespace RunAi.Wording;

/// <summary>What to write instead of a word that is not known.</summary>
internal static class Suggestion
{
    /// <summary>A sentence with the nearest of the known words, or with all of them when none is near.</summary>
    public static string For(string word, IReadOnlyCollection<string> known) =>
        NearestName.Of(word, known) is { } nearest ? $"Did you mean {nearest}?" : $"Known are {string.Join(", ", known)}.";
}
