namespace RunAi.Artifacts;

/// <summary>
/// A place for artifacts and run records: a container of Azure Blob Storage, a bucket of S3, or a shared folder. Keys are relative to the
/// store's address, with <c>/</c> between their parts. All of it is safe to use from many threads.
/// </summary>
/// <exception cref="ArtifactException">From every member: the store cannot be reached, refuses the credentials, or lacks what is asked
/// for.</exception>
internal interface IArtifactStore
{
    /// <summary>
    /// The store's address, without a slash at the end: <c>az://account/container/prefix</c>, <c>s3://bucket/prefix</c>,
    /// <c>file:///folder</c>.
    /// </summary>
    string Uri { get; }

    /// <summary>What is known of an object; null when there is none.</summary>
    Task<StoredObject?> FindAsync(string key, CancellationToken ct);

    /// <summary>All objects whose keys begin with a text, in the ordinal order of their keys.</summary>
    Task<IReadOnlyList<StoredObject>> ListAsync(string prefix, CancellationToken ct);

    /// <summary>
    /// Creates a small object, unless there is one: then it is left alone and the answer is false. Of many at once one wins
    /// (<c>If-None-Match: *</c>).
    /// </summary>
    Task<bool> TryCreateAsync(string key, byte[] content, CancellationToken ct);

    /// <summary>Writes a small object, over one that is there. Readers see the old or the new one, never a part.</summary>
    Task WriteAsync(string key, byte[] content, CancellationToken ct);

    /// <summary>
    /// The bytes of an object from an offset on, at the most so many; empty at or after its end, null when there is none.
    /// </summary>
    Task<byte[]?> ReadAsync(string key, long offset, int most, CancellationToken ct);

    /// <summary>Stores a stream in parallel parts; nothing is there before all is. Parts that fail are sent again.</summary>
    Task UploadAsync(string key, Stream content, Action<long> progress, CancellationToken ct);

    /// <summary>Fetches an object in parallel ranges into a stream, in order; ranges that fail are fetched again.</summary>
    Task DownloadAsync(string key, Stream destination, Action<long> progress, CancellationToken ct);

    /// <summary>Deletes objects; those that are not there are no error.</summary>
    Task DeleteAsync(IReadOnlyCollection<string> keys, CancellationToken ct);

    /// <summary>Makes what signs addresses of single objects, good for so long.</summary>
    Task<IAddressSigner> SignerAsync(TimeSpan validity, CancellationToken ct);
}
