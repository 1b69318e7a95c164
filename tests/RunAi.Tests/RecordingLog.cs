namespace RunAi.Tests;

/// <summary>Keeps every line that the library tells.</summary>
internal sealed class RecordingLog : IActivityLog
{
    public List<string> Warnings { get; } = [];

    public List<string> Others { get; } = [];

    public void Verbose(string message) => Others.Add(message);

    public void Debug(string message) => Others.Add(message);

    public void Warning(string message) => Warnings.Add(message);
}
