using RunAi.ControlPlane;
using RunAi.Redaction;
using RunAi.Wording;

namespace RunAi.Runs.Log;

/// <summary>
/// Follows the log of a workload through its cluster's API. The end of a stream says nothing about the workload: as long as that has not
/// ended, another connection is made, and once more at the end. A cluster that is not reached is told of once and never a failure.
/// </summary>
internal sealed class ClusterLogFollower : ILogFollower
{
    private readonly ClusterLogSource _source;
    private readonly ClusterLogOptions _options;
    private readonly TimeProvider _time;
    private readonly IActivityLog _activity;
    private bool _isTold;

    public ClusterLogFollower(ClusterLogSource source, TimeProvider time, IActivityLog activity, ClusterLogOptions? options = null) =>
        (_source, _time, _activity, _options) = (source, time, activity, options ?? new ClusterLogOptions());

    /// <summary>The attempt of the run whose workload it is.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Called once what there was at a connection's begin has come, as far as that can be known.</summary>
    public Action? CaughtUp { get; init; }

    public async Task FollowAsync(Action<LogLine> tell, Task ended, CancellationToken ct)
    {
        var reading = new ClusterLogReading(_source, _options, _time, (text, start) => tell(Line(text, start))) { CaughtUp = CaughtUp };
        var (pause, failures, lastTries) = (TimeSpan.Zero, 0, 0);
        while (true)
        {
            var (isLast, before) = (ended.IsCompleted, reading.Total);
            if (isLast && _isTold && before == 0)
            {
                // It was told of that the cluster is not reached; that is not waited for again.
                return;
            }

            var trouble = await TryReadAsync(reading, ended, ct).ConfigureAwait(false);
            failures = trouble is null or ClusterApiException { Trouble: ClusterApiTrouble.NotReady or ClusterApiTrouble.NotFound }
                ? 0
                : failures + 1;
            if (trouble is not null)
            {
                await TellAsync(
                    trouble, failures, isLast && reading.Total == 0 && lastTries + 1 >= TriesFor(trouble, reading),
                    ct).ConfigureAwait(false);
            }

            if (IsHopeless(trouble) || (isLast && (trouble is null || ++lastTries >= TriesFor(trouble, reading))))
            {
                reading.Finish();
                return;
            }

            var pauses = new GrowingPause(_options.ShortestPause, failures > 0 ? _options.LongestTroublePause : _options.LongestPause, 1.5);
            pause = reading.Total > before || isLast ? pauses.First : pauses.After(pause);

            // The end of the workload ends the pause too.
            await (isLast ? _time.DelayAsync(pause, ct) : _time.DelayUntilAsync(pause, ended, ct)).ConfigureAwait(false);
        }
    }

    private static bool IsHopeless(RunAiException? trouble) =>
        trouble is ClusterApiException { Trouble: ClusterApiTrouble.NoAddress or ClusterApiTrouble.Unauthorized };

    /// <summary>What was read or told of before is not asked for long.</summary>
    private int TriesFor(RunAiException trouble, ClusterLogReading reading) =>
        reading.Total > 0 && (_isTold || trouble is ClusterApiException { Trouble: ClusterApiTrouble.NotFound }) ? 1 : _options.LastTries;

    private static async Task<RunAiException?> TryReadAsync(ClusterLogReading reading, Task ended, CancellationToken ct)
    {
        try
        {
            await reading.ReadAsync(ended, ct).ConfigureAwait(false);
            return null;
        }
        catch (RunAiException e) when (e is ClusterApiException or RunAiApiException or SecretNotFoundException)
        {
            return e;
        }
    }

    /// <summary>Tells once why there is no log, and what else there is. A workload that is not ready is waited for in silence.</summary>
    private async Task TellAsync(RunAiException trouble, int failures, bool isTheEnd, CancellationToken ct)
    {
        _activity.Debug($"The log of workload '{_source.Request.Workload}' is not read now: {trouble.Message}");
        var kind = (trouble as ClusterApiException)?.Trouble;
        var isWorthIt = kind switch
        {
            ClusterApiTrouble.NotReady => false,
            ClusterApiTrouble.NotFound => isTheEnd,
            ClusterApiTrouble.NoAddress or ClusterApiTrouble.Unauthorized or ClusterApiTrouble.Forbidden => true,
            _ => failures >= _options.FailuresToTell || isTheEnd,
        };
        if (_isTold || !isWorthIt)
        {
            return;
        }

        _isTold = true;
        var why = trouble is ClusterApiException known ? $"the cluster {known.Reason}" : Reason.Of(trouble).TrimEnd('.');
        var rest = IsHopeless(trouble) || isTheEnd ? "" : ", and the log is tried again";
        _activity.Warning($"The log of workload '{_source.Request.Workload}' cannot be shown: {why}. The workload is left alone{rest}. "
            + $"{await WaysAsync(ct).ConfigureAwait(false)}");
    }

    private async Task<string> WaysAsync(CancellationToken ct)
    {
        try
        {
            return await _source.OtherWaysAsync(ct).ConfigureAwait(false);
        }
        catch (RunAiException e)
        {
            return $"What else there is cannot be said now ({CleanText.Of(e.Message, 200)}).";
        }
    }

    private LogLine Line(string text, int start) => new() { Attempt = Attempt, Start = start, Text = text };
}
