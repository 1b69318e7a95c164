using System.Globalization;
using System.Security.Cryptography;

namespace RunAi.Runs.Retries;

/// <summary>
/// How often, and within which time, a run is tried again for which cause. Waits between attempts grow with decorrelated jitter: each is
/// drawn between <see cref="Backoff"/> and three times the one before, up to <see cref="MaxBackoff"/>, so that many runs that failed
/// together do not come back together.
/// </summary>
internal sealed class RetryPolicy
{
    public static readonly RetryPolicy None = new();

    private const double Digits53 = 1UL << 53;

    /// <summary>Retries for each category; none for those left out.</summary>
    public IReadOnlyDictionary<RetryCategory, int> Limits { get; init; } = new Dictionary<RetryCategory, int>();

    /// <summary>The shortest wait before a retry.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait before a retry.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>From the first submission on, the time in which retries begin; null for no limit.</summary>
    public TimeSpan? Window { get; init; }

    /// <summary>
    /// The category of a diagnosis. A pull, a mount or a lack of room counts as infrastructure only when it may pass: an image that does
    /// not exist is not there the next time either. Lack of memory counts as the step's own: it needs as much again.
    /// </summary>
    public static RetryCategory CategoryOf(WorkloadDiagnosis diagnosis) => diagnosis.Cause switch
    {
        DiagnosisCause.Preempted => RetryCategory.Preempted,
        DiagnosisCause.NodeLost or DiagnosisCause.ControlPlane => RetryCategory.Infrastructure,
        DiagnosisCause.ImagePull or DiagnosisCause.Mount or DiagnosisCause.Capacity when diagnosis.IsTransient =>
            RetryCategory.Infrastructure,
        DiagnosisCause.UserCode or DiagnosisCause.OutOfMemory => RetryCategory.UserCode,
        _ => RetryCategory.Never,
    };

    /// <summary>Decides on the next attempt of a run whose last one ended as diagnosed.</summary>
    /// <param name="diagnosis">Why the last attempt ended.</param>
    /// <param name="history">The retries so far.</param>
    /// <param name="now">The time, by the clock of the history.</param>
    /// <param name="random">A number from 0 to below 1, new at each call.</param>
    public RetryDecision Decide(WorkloadDiagnosis diagnosis, RetryHistory history, DateTimeOffset now, Func<double> random)
    {
        var category = CategoryOf(diagnosis);
        if (category == RetryCategory.Never)
        {
            return RetryDecision.No(category, $"{diagnosis.Cause} is never tried again.");
        }

        var limit = Limits.TryGetValue(category, out var count) ? count : 0;
        var used = history.Used(category);
        if (used >= limit)
        {
            return RetryDecision.No(
                category, limit == 0 ? $"No retry is set for {category}." : Text($"All {limit} retries for {category} are used up."));
        }

        var delay = Delay(history.LastDelay, random());
        return TooLate(history, now + delay) is { } late
            ? RetryDecision.No(category, late)
            : RetryDecision.Yes(category, delay, Text($"{diagnosis.Cause}: retry {used + 1} of {limit} for {category}."));
    }

    /// <summary>Why no attempt may begin at a time any more; null when one may.</summary>
    public string? TooLate(RetryHistory history, DateTimeOffset when) =>
        Window is { } window && when > history.Began + window
            ? Text($"The window of {window.TotalSeconds:0.###} seconds for retries would be over.")
        : history.Deadline is { } deadline && when >= history.Began + deadline
            ? Text($"The step's Deadline, {deadline.TotalSeconds:0.###} seconds after its first submission, would be over.")
        : null;

    /// <summary>A number from 0 to below 1 that no two machines share.</summary>
    public static double Chance()
    {
        var bytes = new byte[sizeof(ulong)];
        using var source = RandomNumberGenerator.Create();
        source.GetBytes(bytes);
        return (BitConverter.ToUInt64(bytes, 0) >> 11) / Digits53;
    }

    private TimeSpan Delay(TimeSpan? last, double random)
    {
        var most = Math.Min((last ?? Backoff).Ticks * 3.0, MaxBackoff.Ticks);
        var delay = Backoff + TimeSpan.FromTicks((long)(random * Math.Max(0, most - Backoff.Ticks)));
        return delay < MaxBackoff ? delay : MaxBackoff;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
