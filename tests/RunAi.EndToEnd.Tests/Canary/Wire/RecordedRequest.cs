using System.Text;

namespace RunAi.EndToEnd.Tests.Canary.Wire;

/// <summary>One HTTP request as it came over the wire.</summary>
/// <param name="Line">Method, target and version.</param>
/// <param name="Headers">The header lines.</param>
/// <param name="Body">The content, without the framing of chunks.</param>
internal sealed record RecordedRequest(string Line, IReadOnlyList<string> Headers, byte[] Body)
{
    public string Method => Line.Split(' ')[0];

    /// <summary>The target without its query.</summary>
    public string Path => Target.Split('?')[0];

    public string Query =>
        Target.Contains('?', StringComparison.Ordinal) ? Target[(Target.IndexOf('?', StringComparison.Ordinal) + 1)..] : "";

    public string Text => Encoding.UTF8.GetString(Body);

    private string Target => Line.Split(' ')[1];

    /// <summary>The value of a header; null when it is absent.</summary>
    public string? Header(string name) => Headers
        .FirstOrDefault(h => h.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}
