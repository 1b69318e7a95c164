using System.Formats.Tar;

namespace RunAi.StepRunner.Folders;

/// <summary>A file, folder or link of a tar stream.</summary>
internal sealed class TarPlanEntry(FileSystemInfo source, TarEntryType type, string name, long size, string? linkTarget)
{
    public string Path { get; } = source.FullName;

    public TarEntryType Type { get; } = type;

    /// <summary>Its path in the folder; that of a folder ends with a slash.</summary>
    public string Name { get; } = name;

    public long Size { get; } = size;

    public string? LinkTarget { get; } = linkTarget;

    public UnixFileMode Mode { get; } = source.UnixFileMode;

    /// <summary>To the second, which is what a plain header holds.</summary>
    public DateTimeOffset ModifiedAt { get; } = DateTimeOffset.FromUnixTimeSeconds(
        Math.Max(0, new DateTimeOffset(source.LastWriteTimeUtc).ToUnixTimeSeconds()));

    /// <summary>Where its header begins in the stream.</summary>
    public long Start { get; set; }

    public int HeaderSize { get; set; }
}
