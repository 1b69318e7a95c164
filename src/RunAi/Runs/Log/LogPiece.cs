using System.Globalization;
using System.Text;

namespace RunAi.Runs.Log;

/// <summary>A line of a log segment in the format of the Kubernetes container runtime interface: <c>time stream P|F text</c>.</summary>
/// <param name="Time">When it was written; null when the line is not in that format.</param>
/// <param name="Stream">The stream it is of.</param>
/// <param name="IsWhole">False when the text goes on in a later piece of the stream.</param>
/// <param name="Text">The text as bytes: a character may be cut by the end of a piece.</param>
internal sealed record LogPiece(DateTimeOffset? Time, string Stream, bool IsWhole, ArraySegment<byte> Text)
{
    private const string Output = "stdout";
    private const int MostHead = 96;

    /// <summary>Reads a line without its end; one in another format is taken for output.</summary>
    public static LogPiece Parse(ArraySegment<byte> line)
    {
        var bytes = line.Array!;
        var end = line.Offset + Math.Min(line.Count, MostHead);
        var first = Array.IndexOf(bytes, (byte)' ', line.Offset, end - line.Offset);
        var second = first < 0 ? -1 : Array.IndexOf(bytes, (byte)' ', first + 1, end - first - 1);
        var third = second < 0 ? -1 : Array.IndexOf(bytes, (byte)' ', second + 1, end - second - 1);
        if (second > 0 && third < 0 && line.Offset + line.Count <= end)
        {
            // An empty text may come without the space before it.
            third = line.Offset + line.Count;
        }

        if (third < 0)
        {
            return new LogPiece(null, Output, true, line);
        }

        var time = Encoding.ASCII.GetString(bytes, line.Offset, first - line.Offset);
        var stream = Encoding.ASCII.GetString(bytes, first + 1, second - first - 1);
        var tag = Encoding.ASCII.GetString(bytes, second + 1, third - second - 1).Split(':')[0];
        if (tag is not ("P" or "F")
            || stream is not (Output or "stderr" or "runner")
            || !DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return new LogPiece(null, Output, true, line);
        }

        var from = Math.Min(third + 1, line.Offset + line.Count);
        return new LogPiece(at, stream, tag == "F", new ArraySegment<byte>(bytes, from, line.Offset + line.Count - from));
    }
}
