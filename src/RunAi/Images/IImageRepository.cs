namespace RunAi.Images;

/// <summary>A place that holds images: a repository of a registry, or an OCI layout folder.</summary>
internal interface IImageRepository
{
    /// <summary>The place, as errors name it.</summary>
    string Name { get; }

    /// <summary>A manifest or index, its digest checked.</summary>
    /// <param name="reference">A tag or digest; null for the place's own default.</param>
    /// <param name="ct">Ends the request.</param>
    /// <exception cref="ImageBuildException"><see cref="ErrorIds.ImageNotFound"/>, or what went wrong.</exception>
    Task<ManifestDocument> GetManifestAsync(string? reference, CancellationToken ct);

    /// <summary>The digest of the manifest under a tag or digest; null when there is none.</summary>
    Task<string?> FindManifestAsync(string reference, CancellationToken ct);

    /// <summary>A blob as a file, its size and digest checked.</summary>
    Task<BlobFile> FetchBlobAsync(BlobDescriptor blob, CancellationToken ct);

    Task<bool> HasBlobAsync(BlobDescriptor blob, CancellationToken ct);

    /// <summary>Takes a blob from another repository without its bytes passing here; false when that cannot be.</summary>
    Task<bool> TryMountAsync(BlobDescriptor blob, IImageRepository source, CancellationToken ct);

    /// <summary>Stores a blob.</summary>
    Task PutBlobAsync(BlobFile blob, CancellationToken ct);

    /// <summary>Stores a manifest under its digest, or under a tag.</summary>
    Task PutManifestAsync(ManifestDocument manifest, string? tag, CancellationToken ct);
}
