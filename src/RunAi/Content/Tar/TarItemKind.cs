namespace RunAi.Content;

/// <summary>What an entry of a tar stream is.</summary>
internal enum TarItemKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>A hard link, device, pipe or anything else.</summary>
    Other,
}
