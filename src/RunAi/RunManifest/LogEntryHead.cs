using System.Globalization;
using System.Text;

namespace RunAi.RunManifest;

/// <summary>
/// What comes before the text of each entry of a log segment: <c>time stream P|F </c>, as in the Kubernetes container runtime interface.
/// </summary>
/// <param name="Time">When it was written.</param>
/// <param name="Stream">The stream it is of: <see cref="Output"/>, <see cref="Errors"/> or <see cref="Runner"/>.</param>
/// <param name="IsWhole">False when the text goes on in a later entry of the stream.</param>
internal readonly record struct LogEntryHead(DateTimeOffset Time, string Stream, bool IsWhole)
{
    public const string Output = "stdout";
    public const string Errors = "stderr";

    /// <summary>What the step runner says itself, each a <see cref="LogNote"/>.</summary>
    public const string Runner = "runner";

    private const string Whole = "F";
    private const string Part = "P";
    private const int MostLength = 96;

    /// <summary>The head as it is written, with the space before the text.</summary>
    /// <returns>For example <c>2026-01-31T09:00:00.0000000Z stdout F </c>.</returns>
    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, "{0:O} {1} {2} ", Time.UtcDateTime, Stream, IsWhole ? Whole : Part);

    /// <summary>The head of an entry; null when it is in another format.</summary>
    /// <param name="entry">The entry without its line end.</param>
    /// <param name="length">How many bytes the head takes.</param>
    public static LogEntryHead? Parse(ArraySegment<byte> entry, out int length)
    {
        length = 0;
        var bytes = entry.Array!;
        var end = entry.Offset + Math.Min(entry.Count, MostLength);
        var first = Array.IndexOf(bytes, (byte)' ', entry.Offset, end - entry.Offset);
        var second = first < 0 ? -1 : Array.IndexOf(bytes, (byte)' ', first + 1, end - first - 1);
        var third = second < 0 ? -1 : Array.IndexOf(bytes, (byte)' ', second + 1, end - second - 1);
        if (second > 0 && third < 0 && entry.Offset + entry.Count <= end)
        {
            // An empty text may come without the space before it.
            third = entry.Offset + entry.Count;
        }

        if (third < 0)
        {
            return null;
        }

        var time = Encoding.ASCII.GetString(bytes, entry.Offset, first - entry.Offset);
        var stream = Encoding.ASCII.GetString(bytes, first + 1, second - first - 1);
        var tag = Encoding.ASCII.GetString(bytes, second + 1, third - second - 1).Split(':')[0];
        if (tag is not (Part or Whole)
            || stream is not (Output or Errors or Runner)
            || !DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return null;
        }

        length = Math.Min(third + 1 - entry.Offset, entry.Count);
        return new LogEntryHead(at, stream, tag == Whole);
    }
}
