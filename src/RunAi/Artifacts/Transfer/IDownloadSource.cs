namespace RunAi.Artifacts;

/// <summary>One object that is being fetched.</summary>
internal interface IDownloadSource
{
    /// <summary>Its size in bytes.</summary>
    long Size { get; }

    /// <summary>Opens a range of it. Fails with <see cref="ArtifactException"/> after tries of its own.</summary>
    Task<Stream> OpenAsync(long offset, long count, CancellationToken ct);

    /// <summary>What a failure while a range is read means.</summary>
    ArtifactException Broken(Exception cause);
}
