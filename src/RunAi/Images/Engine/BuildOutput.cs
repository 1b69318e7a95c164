using Docker.DotNet.Models;
using RunAi.Content;
using RunAi.Redaction;

namespace RunAi.Images;

/// <summary>What an engine says while it builds, shown line by line; the last lines are kept for the error.</summary>
internal sealed class BuildOutput : IProgress<JSONMessage>
{
    private const int KeptLines = 12;
    private readonly IActivityLog _log;
    private readonly Action<ImageProgress> _tell;
    private readonly Queue<string> _last = new();

    public BuildOutput(IActivityLog log, Action<ImageProgress> tell)
    {
        _log = log;
        _tell = tell;
    }

    /// <summary>The id of the image that was built, <c>sha256:...</c>.</summary>
    public string? ImageId { get; private set; }

    /// <summary>What the engine said went wrong; null while nothing did.</summary>
    public string? Error { get; private set; }

    public string LastLines => string.Join("\n", _last);

    public void Report(JSONMessage value)
    {
        if (value.Error is { } error)
        {
            Error = CleanText.Of(error.Message);
        }

        if (value.Aux?.ExtensionData is { } told && told.TryGetValue("ID", out var id) && id.ToString() is { } text
            && Digest.IsSha256(text))
        {
            ImageId = text;
        }

        foreach (var line in (value.Stream ?? value.Status ?? "").Split('\n').Select(item => CleanText.Of(item))
            .Where(item => item.Length > 0))
        {
            _log.Verbose(line);
            _tell(new ImageProgress(line, 5));
            _last.Enqueue(line);
            if (_last.Count > KeptLines)
            {
                _last.Dequeue();
            }
        }
    }
}
