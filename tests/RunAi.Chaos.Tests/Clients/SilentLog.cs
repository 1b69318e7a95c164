namespace RunAi.Chaos.Tests.Clients;

/// <summary>Takes note of nothing: under chaos there is a warning for everything.</summary>
internal sealed class SilentLog : IActivityLog
{
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
