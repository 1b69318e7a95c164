using System.Text;

namespace RunAi.Redaction;

/// <summary>
/// Makes text of a server fit for a message: no secret that it repeats, no control characters, no command to a pipeline's agent, no endless
/// lines.
/// </summary>
internal static class CleanText
{
    public const int MaxLength = 500;

    /// <summary>
    /// The text on one line without secrets of ours, with control and format characters replaced, cut at <paramref name="max"/>.
    /// </summary>
    public static string Of(string? text, int max = MaxLength)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        var clean = new StringBuilder(Math.Min(text!.Length, max));
        foreach (var c in KnownSecrets.Hide(text.Trim()))
        {
            if (clean.Length == max)
            {
                return AgentCommand.Break(clean.Append("...").ToString());
            }

            // Escape sequences repaint terminals and bidirectional marks reorder lines; neither is the server's to do.
            clean.Append(char.IsWhiteSpace(c) ? ' '
                : char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format ? '?' : c);
        }

        return AgentCommand.Break(clean.ToString());
    }

    /// <summary>The same, or null when nothing is said.</summary>
    public static string? OrNull(string? text) => Of(text) is { Length: > 0 } said ? said : null;
}
