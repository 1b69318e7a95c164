namespace RunAi.Runs.Log;

/// <summary>Follows a run's log until it is known to have ended. Trouble with the store only delays.</summary>
internal sealed class LogFollower : ILogFollower
{
    private static readonly GrowingPause Pauses = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), 1.5);
    private static readonly TimeSpan WhileStatesChange = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly ILogSource _source;
    private readonly TimeProvider _time;
    private readonly IActivityLog _activity;
    private readonly Dictionary<string, string> _states = new(StringComparer.Ordinal);
    private long? _warned;

    public LogFollower(ILogSource source, TimeProvider time, IActivityLog activity)
    {
        _source = source;
        _time = time;
        _activity = activity;
    }

    /// <summary>Gets the last state of a line that is written anew again and again, each time it changed; null for nobody.</summary>
    public Action<LogLine>? State { get; init; }

    /// <summary>
    /// Tells every line until the end: the run's result is there, or <paramref name="ended"/> and a second read showed nothing more.
    /// </summary>
    /// <param name="tell">Gets each line.</param>
    /// <param name="ended">Ends when the workload has: from then on the log grows no more than what is on its way.</param>
    /// <param name="ct">Ends the following.</param>
    public async Task FollowAsync(Action<LogLine> tell, Task ended, CancellationToken ct)
    {
        var pause = Pauses.First;
        var quietAfterEnd = 0;
        while (true)
        {
            var wasOver = ended.IsCompleted;
            var grew = false;
            var read = await TryReadAsync(Tell, ct).ConfigureAwait(false);
            quietAfterEnd = wasOver && !grew ? quietAfterEnd + 1 : 0;

            // The result is written when everything else is; without one, what a killed runner sent last may still be on its way.
            if ((read && _source.IsComplete && !grew) || (read ? quietAfterEnd >= 2 : quietAfterEnd >= 5))
            {
                return;
            }

            pause = grew || wasOver ? Pauses.First : TellStates() ? WhileStatesChange : Pauses.After(pause);

            // The end of the workload ends the pause too.
            await (wasOver ? _time.DelayAsync(pause, ct) : _time.DelayUntilAsync(pause, ended, ct)).ConfigureAwait(false);

            void Tell(LogLine line)
            {
                grew = true;
                tell(line);
            }
        }
    }

    /// <returns>True when one changed.</returns>
    private bool TellStates()
    {
        var changed = false;
        foreach (var state in State is null ? [] : _source.States)
        {
            var stream = $"{state.Replica}/{state.Stream}";
            if (!_states.TryGetValue(stream, out var before) || before != state.Text)
            {
                _states[stream] = state.Text;
                State!(state);
                changed = true;
            }
        }

        return changed;
    }

    private async Task<bool> TryReadAsync(Action<LogLine> tell, CancellationToken ct)
    {
        try
        {
            await _source.ReadAsync(tell, ct).ConfigureAwait(false);
            _warned = null;
            return true;
        }
        catch (ArtifactException trouble)
        {
            if (_warned is not { } warned || _time.GetElapsedTime(warned) >= Quiet)
            {
                _warned = _time.GetTimestamp();
                _activity.Warning($"The log cannot be read now; it is tried again, and the step is left alone. ({trouble.Message})");
            }

            return false;
        }
    }
}
