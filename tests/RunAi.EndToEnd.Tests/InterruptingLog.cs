namespace RunAi.EndToEnd.Tests;

/// <summary>Keeps the lines that tell of requests, and does something once when one of them has come for the given time.</summary>
internal sealed class InterruptingLog(string line, int times, Action interrupt) : IActivityLog
{
    private readonly List<string> _requests = [];

    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public void Verbose(string message)
    {
        bool isTime;
        lock (_requests)
        {
            _requests.Add(message);
            isTime = message.StartsWith(line, StringComparison.Ordinal)
                && _requests.Count(request => request.StartsWith(line, StringComparison.Ordinal)) == times;
        }

        if (isTime)
        {
            interrupt();
        }
    }

    public void Debug(string message)
    {
    }

    public void Warning(string message)
    {
    }
}
