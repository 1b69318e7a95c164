using System.Text.RegularExpressions;

namespace RunAi.Wording;

/// <summary>Names with <c>*</c> for any text and <c>?</c> for any one character, without regard to case.</summary>
internal static class NamePattern
{
    public static bool Matches(string pattern, string name) =>
        Regex.IsMatch(
            name,
            "^" + Regex.Escape(pattern).Replace(@"\*", ".*").Replace(@"\?", ".") + @"\z",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline);
}
