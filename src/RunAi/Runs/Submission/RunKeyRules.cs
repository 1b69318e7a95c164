using System.Text.RegularExpressions;
using RunAi.Wording;

namespace RunAi.Runs;

/// <summary>
/// What a run key must be to identify a run. A key that every build has, because its variables are empty or were not filled in, would
/// return the run of an earlier build.
/// </summary>
internal static class RunKeyRules
{
    private static readonly Regex EmptyPart = new(
        @"\A\s*[/\\:|,;_.-]|[/\\:|,;_.-]\s*\z|[/\\:|,;]\s*[/\\:|,;]", RegexOptions.CultureInvariant);

    /// <summary>What is wrong with a key; nothing for one that is right, and for none.</summary>
    public static IEnumerable<Violation> Violations(string? key)
    {
        if (key is null)
        {
            yield break;
        }

        if (UnexpandedVariable.FlawWithin(key) is { } flaw)
        {
            yield return new Violation("RunKey", flaw);
        }
        else if (!key.Any(char.IsLetterOrDigit))
        {
            yield return new Violation(
                "RunKey", $"'{key}' identifies nothing: it has neither letters nor digits. Its variables are probably empty here. Write a "
                    + "text that this run alone has.");
        }
        else if (EmptyPart.IsMatch(key))
        {
            yield return new Violation(
                "RunKey", $"'{key}' has an empty part: a variable in it is probably empty here, and every build would have this key. Write "
                    + "a text that this run alone has.");
        }
    }
}
