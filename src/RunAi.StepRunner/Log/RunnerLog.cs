using System.Text;
using System.Text.Json;
using RunAi.RunManifest;

namespace RunAi.StepRunner.Log;

/// <summary>
/// What the runner itself says: in the stored log as a stream of its own, and on its standard error when it is a warning.
/// </summary>
internal sealed class RunnerLog(SegmentedLog log, int attempt, int start, TimeProvider time)
{
    public void Note(string what, string? message) =>
        log.Append(LogEntryHead.Runner, whole: true, time.GetUtcNow(), Json(what, message, attempt, start));

    public void Inform(string message) => Note(LogNote.Told, message);

    public void Warn(string message)
    {
        Complain(message);
        Inform(message);
    }

    /// <summary>To standard error only.</summary>
    public static void Complain(string message) => StandardStreams.Complain($"step-runner: {message}\n");

    /// <summary>A log that says so when it is cut short.</summary>
    public static SegmentedLog CreateLog(ManifestLog manifest, LogHead head, int attempt, TimeProvider time)
    {
        return new SegmentedLog(head.Segments, manifest.Segments.Length, manifest.SegmentSize)
        {
            TruncationNote = () => Entry(
                LogNote.Truncated, $"The log is full: a run stores {manifest.Segments.Length} segments of {manifest.SegmentSize} bytes. "
                    + "The rest is only in the container's own log."),
            DroppedNote = count => Entry(
                LogNote.Told, $"The store was away: {count} lines before this one are only in the container's own log."),
        };

        ReadOnlyMemory<byte> Entry(string what, string message)
        {
            var json = Encoding.UTF8.GetString(Json(what, message, attempt, head.Starts));
            return Encoding.UTF8.GetBytes($"{new LogEntryHead(time.GetUtcNow(), LogEntryHead.Runner, IsWhole: true)}{json}\n");
        }
    }

    private static byte[] Json(string what, string? message, int attempt, int start) => JsonSerializer.SerializeToUtf8Bytes(
        new LogNote { Event = what, Attempt = attempt, Start = start, Message = message }, RunnerJson.Default.LogNote);
}
