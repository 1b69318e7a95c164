using System.Globalization;
using System.Text.RegularExpressions;

namespace RunAi.Diagnosis;

/// <summary>Finds a command's exit code in the words of a phase message or an event; the API has no field for it.</summary>
internal static class ExitCode
{
    private static readonly Regex Words = new(
        @"\bexit(?:ed)?(?:\s+with)?(?:\s+(?:an?|the))?(?:\s+non-?zero)?(?:\s+exit)?"
        + @"[\s_-]*(?:code|status)\s*(?:is|was|of)?[\s:=(]*(?<code>\d{1,3})\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));

    /// <summary>The code in the first text that tells one; null when none does or it is none (0 to 255).</summary>
    public static int? In(IEnumerable<string?> texts)
    {
        foreach (var text in texts)
        {
            var match = Words.Match(text ?? "");
            if (match.Success && int.Parse(match.Groups["code"].Value, CultureInfo.InvariantCulture) is <= 255 and var code)
            {
                return code;
            }
        }

        return null;
    }
}
