namespace RunAi.Steps;

/// <summary>What text cannot reach a container unchanged.</summary>
internal static class WireText
{
    /// <summary>A sentence for each reason why the text cannot be sent: the text itself is not repeated.</summary>
    public static IEnumerable<string> Flaws(string text)
    {
        if (text.Contains('\0'))
        {
            yield return "holds a NUL character, which no command line, variable or path can carry.";
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                yield return "holds half a surrogate pair, which has no form in UTF-8.";
                yield break;
            }
        }
    }
}
