namespace RunAi.Content;

/// <summary>An entry of a tar stream, as it says itself.</summary>
internal sealed class TarItem
{
    public required string Name { get; init; }

    public required TarItemKind Kind { get; init; }

    /// <summary>Where a link leads.</summary>
    public string LinkTarget { get; init; } = "";

    public bool IsProgram { get; init; }

    /// <summary>A file's size in bytes.</summary>
    public long Size { get; init; }

    /// <summary>A file's bytes, good until the next entry is asked for; null for an empty one.</summary>
    public Stream? Content { get; init; }
}
