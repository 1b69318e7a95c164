using System.Collections.Concurrent;

namespace RunAi.Tests.ControlPlane;

/// <summary>Keeps what a caller would have seen.</summary>
internal sealed class ListLog : IActivityLog
{
    public ConcurrentQueue<string> VerboseLines { get; } = new();

    public ConcurrentQueue<string> DebugLines { get; } = new();

    public ConcurrentQueue<string> Warnings { get; } = new();

    public IEnumerable<string> All => VerboseLines.Concat(DebugLines).Concat(Warnings);

    public void Verbose(string message) => VerboseLines.Enqueue(message);

    public void Debug(string message) => DebugLines.Enqueue(message);

    public void Warning(string message) => Warnings.Enqueue(message);
}
