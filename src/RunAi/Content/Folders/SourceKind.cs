namespace RunAi.Content;

/// <summary>What an entry of a source folder is.</summary>
internal enum SourceKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A file that may be executed.</summary>
    Program,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link, kept as one.</summary>
    Link,
}
