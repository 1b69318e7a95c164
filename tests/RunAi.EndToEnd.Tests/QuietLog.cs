using System.Collections.Concurrent;

namespace RunAi.EndToEnd.Tests;

/// <summary>Keeps the lines that tell of requests.</summary>
internal sealed class QuietLog : IActivityLog
{
    public ConcurrentQueue<string> Requests { get; } = new();

    public void Verbose(string message) => Requests.Enqueue(message);

    public void Debug(string message)
    {
    }

    public void Warning(string message)
    {
    }
}
