namespace RunAi.Emulator.Execution;

/// <summary>What one pod wrote: a file that grows, and when which of its bytes were written.</summary>
internal sealed class PodLog(string path, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly List<(long End, DateTimeOffset Time)> _marks = [];

    public string Path => path;

    /// <summary>Makes the file, for whoever writes it.</summary>
    public Stream Create() => new PodLogStream(
        new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0), Mark);

    /// <summary>The bytes from an offset on, at most so many; none where there are none yet.</summary>
    public byte[] Read(long offset, int most)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[Math.Clamp(file.Length - offset, 0, most)];
        file.Position = offset;
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    /// <summary>When the byte at an offset was written.</summary>
    public DateTimeOffset TimeOf(long offset)
    {
        lock (_lock)
        {
            var at = _marks.FindIndex(mark => mark.End > offset);
            return at < 0 ? clock.GetUtcNow() : _marks[at].Time;
        }
    }

    private void Mark(long end)
    {
        lock (_lock)
        {
            _marks.Add((end, clock.GetUtcNow()));
        }
    }
}
