using RunAi.ControlPlane.Wire;

namespace RunAi.Watching;

/// <summary>What a poller keeps of one workload between polls: enough to tell whether a row of a list is news.</summary>
internal sealed class TrackedWorkload
{
    /// <summary>How many polls in a row must agree on what is hard to believe: that it is gone, or that time ran backwards.</summary>
    public const int ConfirmingPolls = 3;

    private string? _phase;
    private string? _message;
    private DateTimeOffset? _updatedAt;
    private (string Phase, DateTimeOffset? UpdatedAt) _doubted;
    private int _doubts;

    public TrackedWorkload(string? name) => Name = name;

    public string? Name { get; set; }

    /// <summary>Who waits for it; mostly one.</summary>
    public List<PollInbox> Subscribers { get; } = new(1);

    /// <summary>The number of the poll that found it last.</summary>
    public long LastPoll { get; set; }

    /// <summary>The number of the poll that was the last to begin before it was followed.</summary>
    public long FirstPoll { get; set; }

    /// <summary>How many polls of everything in a row did not find it.</summary>
    public int MissCount { get; set; }

    /// <summary>True while an answer older than what is known waits to be confirmed by another poll.</summary>
    public bool Doubted => _doubts > 0;

    /// <summary>When its phase changed last, as far as it is known.</summary>
    public DateTimeOffset? UpdatedAt => _updatedAt;

    /// <summary>Forgets what is known, so that the next row is news.</summary>
    public void Forget() => (_phase, _message, _updatedAt, _doubts) = (null, null, null, 0);

    /// <summary>
    /// Applies a row of it. One that is older than what is known comes from a copy that lags behind, or the server's clock was set
    /// back: it counts once enough polls in a row say the same.
    /// </summary>
    /// <returns>True when it is news, false when it is not, null when it is not believed yet.</returns>
    public bool? Observe(WorkloadRecord record, long poll)
    {
        var again = LastPoll == poll;
        LastPoll = poll;
        var row = (record.Phase, record.PhaseUpdatedAt);
        if (record.PhaseUpdatedAt < _updatedAt && !Convinced(row, again))
        {
            // Whoever was told that it was missing is not told otherwise, so that the count stands for both.
            return null;
        }

        MissCount = 0;
        var news = _phase != record.Phase || _updatedAt != record.PhaseUpdatedAt || _message != record.PhaseMessage;
        (_phase, _message, _updatedAt, _doubts) = (record.Phase, record.PhaseMessage, record.PhaseUpdatedAt, 0);
        return news;
    }

    /// <summary>A row met twice in one poll, as when pages shift, is one witness.</summary>
    private bool Convinced((string, DateTimeOffset?) row, bool again)
    {
        if (_doubts == 0 || _doubted != row)
        {
            (_doubted, _doubts) = (row, 1);
        }
        else if (!again)
        {
            _doubts++;
        }

        return _doubts >= ConfirmingPolls;
    }
}
