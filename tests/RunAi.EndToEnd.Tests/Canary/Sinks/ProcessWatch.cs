using System.Collections.Concurrent;

namespace RunAi.EndToEnd.Tests.Canary.Sinks;

/// <summary>Keeps the command line of every process that is seen while it watches.</summary>
internal sealed class ProcessWatch : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, byte> _seen = new(StringComparer.Ordinal);
    private readonly Timer _timer;

    public ProcessWatch() => _timer = new Timer(_ => Look(), null, Pace, Pace);

    public IEnumerable<string> CommandLines => _seen.Keys;

    /// <summary>Looks at all processes now.</summary>
    public void Look()
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            try
            {
                _seen.TryAdd(File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' '), 0);
            }
            catch (Exception ended) when (ended is IOException or UnauthorizedAccessException)
            {
                // The process ended while it was looked at, or is somebody else's.
                continue;
            }
        }
    }

    public void Dispose() => _timer.Dispose();
}
