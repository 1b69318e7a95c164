using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RunAi.Runs.Log;

/// <summary>
/// How far a log has been read: everything before <see cref="Place"/>, but for the streams whose line was still in pieces there, which goes
/// on from the first of its pieces. Written <c>attempt.start/segment.offset[/stream=segment.offset]</c>.
/// </summary>
internal sealed class LogPosition
{
    public static readonly LogPosition Beginning = new(1, 0, default);

    private static readonly Regex Form = new(
        @"\A(?<attempt>\d{1,9})\.(?<start>\d{1,9})/(?<segment>\d{1,9})\.(?<offset>\d{1,18})"
        + @"(?:/(?<open>[a-z]{1,16})=(?<osegment>\d{1,9})\.(?<ooffset>\d{1,18}))*\z",
        RegexOptions.CultureInvariant);

    public LogPosition(int attempt, int start, LogOffset place, IReadOnlyDictionary<string, LogOffset>? open = null)
    {
        Attempt = attempt;
        Start = start;
        Place = place;
        Open = open ?? new Dictionary<string, LogOffset>();
    }

    public int Attempt { get; }

    /// <summary>The start that was going on there; 0 before the first.</summary>
    public int Start { get; }

    public LogOffset Place { get; }

    /// <summary>Where the line in pieces of a stream begins.</summary>
    public IReadOnlyDictionary<string, LogOffset> Open { get; }

    /// <summary>The first byte that must be read again.</summary>
    public LogOffset ReadFrom => Open.Values.Append(Place).Min();

    /// <summary>True for a piece that was told already.</summary>
    public bool IsRead(string stream, LogOffset piece) =>
        piece.CompareTo(Place) < 0 && !(Open.TryGetValue(stream, out var open) && piece.CompareTo(open) >= 0);

    public static bool TryParse(string? text, [NotNullWhen(true)] out LogPosition? position)
    {
        var match = Form.Match(text ?? "");
        position = null;
        if (!match.Success)
        {
            return false;
        }

        var open = new Dictionary<string, LogOffset>(StringComparer.Ordinal);
        for (var i = 0; i < match.Groups["open"].Captures.Count; i++)
        {
            open[match.Groups["open"].Captures[i].Value] =
                new LogOffset((int)Number(match.Groups["osegment"].Captures[i]), Number(match.Groups["ooffset"].Captures[i]));
        }

        position = new LogPosition(
            (int)Number(match.Groups["attempt"]),
            (int)Number(match.Groups["start"]),
            new LogOffset((int)Number(match.Groups["segment"]), Number(match.Groups["offset"])),
            open);
        return true;
    }

    public override string ToString() =>
        FormattableString.Invariant($"{Attempt}.{Start}/{Place}")
        + string.Concat(Open.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"/{pair.Key}={pair.Value}"));

    private static long Number(Capture digits) => long.Parse(digits.Value, CultureInfo.InvariantCulture);
}
