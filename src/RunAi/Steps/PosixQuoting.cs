using System.Text.RegularExpressions;

namespace RunAi.Steps;

/// <summary>
/// Makes the API's single-string <c>command</c> and <c>args</c> from words, so that a split by the rules of a POSIX shell
/// (IEEE 1003.1, 2.2 Quoting) gives the same words again.
/// </summary>
internal static class PosixQuoting
{
    private static readonly Regex Plain = new(@"\A[A-Za-z0-9_@%+=:,./-]+\z", RegexOptions.CultureInvariant);

    /// <summary>The words as one text, or null for no words: the API takes absent fields, not empty ones.</summary>
    public static string? Join(IEnumerable<string> words)
    {
        var joined = string.Join(" ", words.Select(Quote));
        return joined.Length == 0 ? null : joined;
    }

    /// <summary>One word: as it is when no shell reads anything into it, in single quotes otherwise.</summary>
    public static string Quote(string word) => Plain.IsMatch(word) ? word : $"'{word.Replace("'", "'\\''")}'";
}
