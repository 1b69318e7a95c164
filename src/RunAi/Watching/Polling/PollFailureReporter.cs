using RunAi.Wording;

namespace RunAi.Watching;

/// <summary>Tells the user that looks fail and that the wait goes on: at once, then once a minute at most.</summary>
internal sealed class PollFailureReporter
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);
    private readonly TimeProvider _time;
    private readonly IActivityLog _log;
    private long? _began;
    private long? _warned;

    public PollFailureReporter(TimeProvider time, IActivityLog log)
    {
        _time = time;
        _log = log;
    }

    public void ReportFailure(Exception cause, int workloads)
    {
        var began = _began is { };
        _began ??= _time.GetTimestamp();
        if (_warned is { } warned && _time.GetElapsedTime(warned) < Quiet)
        {
            _log.Debug($"Looking at workloads failed: {Reason.Of(cause)}");
            return;
        }

        _warned = _time.GetTimestamp();
        var since = began ? $" for {Durations.Text(_time.GetElapsedTime(_began.Value))}" : "";
        var what = workloads == 1 ? "the workload, which is" : $"{workloads} workloads, which are";
        _log.Warning($"No answer from the control plane{since} about {what} left alone; waiting goes on. ({Reason.Of(cause)})");
    }

    public void ReportRecovery()
    {
        if (_began is { } began)
        {
            _log.Verbose($"The control plane answers again after {Durations.Text(_time.GetElapsedTime(began))}.");
            _began = null;
        }
    }
}
