namespace RunAi.Watching;

/// <summary>The server's time between polls: what the last poll told, and the local time passed since (never the local date).</summary>
internal sealed class ServerClock
{
    private readonly TimeProvider _time;
    private DateTimeOffset _told;
    private long _toldAt;

    public ServerClock(TimeProvider time) => _time = time;

    public DateTimeOffset Now => _told + _time.GetElapsedTime(_toldAt);

    public void Set(DateTimeOffset told)
    {
        _told = told;
        _toldAt = _time.GetTimestamp();
    }
}
