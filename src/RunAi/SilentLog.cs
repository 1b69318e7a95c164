namespace RunAi;

/// <summary>Takes lines that nobody reads: of work that goes on while the pipeline stops, and of a forecast.</summary>
internal sealed class SilentLog : IActivityLog
{
    public static SilentLog Instance { get; } = new();

    public void Verbose(string message)
    {
    }

    public void Debug(string message)
    {
    }

    public void Warning(string message)
    {
    }
}
