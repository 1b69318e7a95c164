using RunAi.Wording;

namespace RunAi.Watching;

/// <summary>
/// Tells the user that polls fail and that the wait goes on: at once, then once a minute at most; and that they succeed again.
/// </summary>
internal sealed class PollFailureReporter
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);
    private readonly TimeProvider _time;
    private readonly IActivityLog _log;
    private long? _began;
    private long? _warned;
    private bool _isWarnedOf;

    public PollFailureReporter(TimeProvider time, IActivityLog log)
    {
        _time = time;
        _log = log;
    }

    /// <summary>A poll failed.</summary>
    /// <param name="cause">Why.</param>
    /// <param name="names">The workloads that are waited for.</param>
    public void ReportFailure(Exception cause, IReadOnlyList<string> names)
    {
        var began = _began is { };
        _began ??= _time.GetTimestamp();
        if (_warned is { } warned && _time.GetElapsedTime(warned) < Quiet)
        {
            _log.Debug($"Polling workloads failed: {Reason.Of(cause)}");
            return;
        }

        _warned = _time.GetTimestamp();
        _isWarnedOf = true;
        var since = began ? $" for {Durations.Text(_time.GetElapsedTime(_began.Value))}" : "";
        var what = names.Count == 1 ? $"{names[0]}, which is" : $"{names.Count} workloads, which are";
        _log.Warning($"No answer from the control plane{since} about {what} left alone; waiting goes on. ({Reason.Of(cause)})");
    }

    /// <summary>A poll succeeded: an outage that was warned of is told to be over.</summary>
    public void ReportRecovery()
    {
        if (_began is not { } began)
        {
            return;
        }

        Action<string> report = _isWarnedOf ? _log.Warning : _log.Verbose;
        report($"The control plane answers again after {Durations.Text(_time.GetElapsedTime(began))}; waiting went on all the time.");
        (_began, _isWarnedOf) = (null, false);
    }
}
