namespace RunAi;

/// <summary>Takes lines nobody can read any more: those of work that goes on while the pipeline stops.</summary>
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
