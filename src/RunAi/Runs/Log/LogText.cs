using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using RunAi.Redaction;

namespace RunAi.Runs.Log;

/// <summary>
/// Makes a line of a workload's log safe to show. What a container prints is nobody's word: it may not move the cursor, name the window,
/// reorder the text or, under Azure DevOps, give the pipeline's agent a command.
/// </summary>
internal static class LogText
{
    /// <summary>The variable that Azure DevOps sets for every job.</summary>
    public const string AzureDevOpsVariable = "TF_BUILD";

    private const char Replacement = '\uFFFD';

    /// <summary>
    /// Escape sequences (ECMA-48): control strings such as a window's title, cursor and colour sequences, and short ones.
    /// </summary>
    private static readonly Regex Sequences = new(
        @"(?:\x1B[\]PX^_]|[\x9D\x90\x98\x9E\x9F])[^\x07\x1B\x9C]*(?:\x07|\x1B\\|\x9C)?|(?:\x1B\[|\x9B)[0-?]*[ -/]*[@-~]?|\x1B[ -/]*[0-~]",
        RegexOptions.CultureInvariant);

    /// <summary>The most characters of a line that are shown.</summary>
    public const int MostShown = 8192;

    /// <summary>The line as it may be shown as it comes: one that is very long is cut.</summary>
    /// <param name="text">The text as it came.</param>
    /// <param name="underAzureDevOps">True where a line can be a command to the pipeline's agent.</param>
    public static string Shorten(string text, bool underAzureDevOps)
    {
        var clean = Clean(text, underAzureDevOps);
        return clean.Length <= MostShown
            ? clean
            : $"{clean.Substring(0, MostShown)} ... ({(clean.Length - MostShown).ToString(CultureInfo.InvariantCulture)} more characters: "
                + "Receive-RunAiStepLog has them)";
    }

    /// <summary>
    /// The line as it may be shown. Of one that a program wrote anew again and again by carriage returns, that is its last state.
    /// </summary>
    /// <param name="text">The text as it came.</param>
    /// <param name="underAzureDevOps">True where a line can be a command to the pipeline's agent.</param>
    public static string Clean(string text, bool underAzureDevOps)
    {
        var plain = LastState(Sequences.Replace(text, ""));
        var clean = new StringBuilder(plain.Length);
        for (var i = 0; i < plain.Length; i++)
        {
            if (char.IsHighSurrogate(plain[i]) && i + 1 < plain.Length && char.IsLowSurrogate(plain[i + 1]))
            {
                clean.Append(
                    IsHarmless(CharUnicodeInfo.GetUnicodeCategory(plain, i), plain[i]) ? plain.Substring(i, 2) : Replacement.ToString());
                i++;
            }
            else
            {
                clean.Append(Shown(plain[i]));
            }
        }

        return underAzureDevOps ? AgentCommand.Break(clean.ToString()) : clean.ToString();
    }

    /// <summary>What a terminal would show in the end: the last that is not blank of what carriage returns part.</summary>
    private static string LastState(string text)
    {
        if (text.IndexOf('\r') < 0)
        {
            return text;
        }

        var states = text.Split('\r');
        return states.LastOrDefault(state => !string.IsNullOrWhiteSpace(state)) ?? states[0];
    }

    private static char Shown(char c) => c switch
    {
        '\t' => c,

        < ' ' => (char)('\u2400' + c),
        '\x7F' => '\u2421',
        _ => IsHarmless(CharUnicodeInfo.GetUnicodeCategory(c), c) ? c : Replacement,
    };

    /// <summary>Marks that reorder text, and lines' ends that no line has, are not; joiners, which emoji and scripts need, are.</summary>
    private static bool IsHarmless(UnicodeCategory category, char c) => category switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate =>
            false,
        UnicodeCategory.Format => c is '\u200C' or '\u200D',
        _ => true,
    };
}
