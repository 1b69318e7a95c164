namespace RunAi.Wording;

/// <summary>Why something failed, short enough to stand inside a sentence (a gateway's answer can be a page of HTML).</summary>
internal static class Reason
{
    private const int Longest = 300;

    public static string Of(Exception failure)
    {
        var line = failure.Message.Trim().Split('\n')[0].Trim().TrimEnd('.');
        return line.Length > Longest ? line.Remove(Longest) + "..." : line;
    }
}
