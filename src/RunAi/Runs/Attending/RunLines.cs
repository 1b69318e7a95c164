using System.Globalization;
using RunAi.Watching;
using RunAi.Wording;

namespace RunAi.Runs.Attending;

/// <summary>
/// Tells in lines how work on runs goes on, for a log in which no progress bar is seen: what was stored and submitted, what is waited for
/// and why, where it runs and how it ended. What does not change is told again at growing intervals.
/// </summary>
internal sealed class RunLines
{
    /// <summary>A reason that changes all the time, as with numbers in it, makes no line each time.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan[] Pauses =
        [
            TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15),
            TimeSpan.FromMinutes(30),
        ];

    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private readonly Action<string> _write;
    private string? _state;
    private string? _reason;
    private long _writtenAt;
    private int _repeated;

    /// <param name="time">The clock that intervals are measured by.</param>
    /// <param name="write">Gets each line.</param>
    public RunLines(TimeProvider time, Action<string> write) => (_time, _write) = (time, write);

    /// <summary>An image is in its registry.</summary>
    public void OnImageStored(StepImage image) => _write(
        $"Image {image.Reference} is stored ("
        + $"{(image.Uploaded > 0 ? $"{Mebibytes(image.Uploaded)} of {Mebibytes(image.Size)} MiB uploaded" : "nothing was uploaded")}).");

    /// <summary>A run has a workload.</summary>
    public void OnSubmitted(StepRun run)
    {
        var attempt = run.Attempt > 1 ? $", attempt {run.Attempt}" : "";
        _write($"Run {run.RunId}: workload {run.WorkloadName} in project {run.ProjectName}{attempt}. {run.Url}".TrimEnd());
    }

    /// <summary>What is waited for still, after each poll.</summary>
    public void OnWaiting(WatchStatus status)
    {
        if (status.Count == 0)
        {
            return;
        }

        var (state, reason, text) = status.Only is { } only ? One(only) : Many(status);
        lock (_gate)
        {
            var since = _time.GetElapsedTime(_writtenAt);
            var isNew = state != _state || (reason != _reason && since >= ShortestPause);
            if (!isNew && since < Pauses[Math.Min(_repeated, Pauses.Length - 1)])
            {
                return;
            }

            _repeated = isNew ? 0 : _repeated + 1;
            (_state, _reason, _writtenAt) = (state, reason, _time.GetTimestamp());
        }

        _write(text);
    }

    /// <summary>A workload came to its end.</summary>
    public static string Ended(Workload workload) =>
        $"{workload.Name}: {workload.Phase}{After(workload.CompletedAt - workload.CreatedAt)}.";

    private static (string State, string? Reason, string Text) One(WatchProgress progress)
    {
        var (phase, age) = (progress.Phase.Length == 0 ? "Submitted" : progress.Phase, $"{Clock(progress.Elapsed)} after its submission");
        var state = $"{progress.WorkloadId} {phase} {progress.Preemptions}";
        return progress.IsWaiting
            ? (
                state, progress.WhyPending,
                $"{progress.Name} waits ({phase}), {age}{(string.IsNullOrEmpty(progress.WhyPending) ? "." : $". {progress.WhyPending}")}")
            : (state, null, $"{progress.Name} is {phase}{Where(progress)}, {age}.");
    }

    private static string Where(WatchProgress progress)
    {
        string?[] parts =
        [
            progress.NodePool is { } pool ? $"in node pool {pool}" : null,
            progress.Gpu is > 0 and { } gpus ? $"with {gpus.ToString("0.##", CultureInfo.InvariantCulture)} GPU" : null,
            progress.Preemptions > 0 ? $"after {progress.Preemptions} preemptions" : null,
        ];
        return string.Concat(parts.OfType<string>().Select(part => " " + part));
    }

    private static (string State, string? Reason, string Text) Many(WatchStatus status)
    {
        var phases = string.Join(
            ", ", status.Phases.OrderByDescending(p => p.Value).Select(p => $"{p.Value} {(p.Key.Length == 0 ? "Submitted" : p.Key)}"));
        var told = status.Waiting.FirstOrDefault(progress => !string.IsNullOrEmpty(progress.WhyPending));
        var text = $"{status.Count} workloads are waited for: {phases}.{(told is null ? "" : $" {told.Name}: {told.WhyPending}")}";
        return ("many", told?.WhyPending, text);
    }

    private static string After(TimeSpan? time) => time is { } known ? $" after {Clock(known)}" : "";

    private static string Clock(TimeSpan time) => Durations.Text(TimeSpan.FromSeconds(Math.Max(0, Math.Floor(time.TotalSeconds))));

    private static string Mebibytes(long bytes) => (bytes / (1024.0 * 1024)).ToString("0.#", CultureInfo.InvariantCulture);
}
