namespace RunAi.Artifacts;

/// <summary>The kinds of artifact stores.</summary>
internal enum StoreKind
{
    /// <summary>A container of Azure Blob Storage.</summary>
    Azure,

    /// <summary>A bucket of S3 or of a server that speaks its language.</summary>
    S3,

    /// <summary>A folder.</summary>
    File,
}
