namespace RunAi.Artifacts;

/// <summary>An object of an artifact store.</summary>
internal sealed class StoredObject
{
    public StoredObject(string key, long size, DateTimeOffset modifiedAt)
    {
        Key = key;
        Size = size;
        ModifiedAt = modifiedAt;
    }

    public string Key { get; }

    /// <summary>Its size in bytes.</summary>
    public long Size { get; }

    /// <summary>When it was last written, by the store's clock.</summary>
    public DateTimeOffset ModifiedAt { get; }
}
