namespace RunAi;

/// <summary>
/// A named place for artifacts and run records: Azure Blob Storage, S3, or a shared folder. It holds references to secrets, never one.
/// </summary>
public sealed class ArtifactStore
{
    /// <summary>The name it is registered under: 1 to 63 of <c>A-Z a-z 0-9 . _ -</c>, a letter or digit first. Case is ignored.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>
    /// <c>az://account/container/prefix</c>, <c>s3://bucket/prefix</c> or <c>file:///folder</c>; the prefix may be absent.
    /// </summary>
    public string Uri { get; internal set; } = "";

    /// <summary>The URL of another service than Azure's or AWS's own, such as a MinIO or Ceph server; null for their own.</summary>
    public string? Endpoint { get; internal set; }

    /// <summary>The region of an S3 bucket; null for the one of the environment, or <c>us-east-1</c> with an endpoint.</summary>
    public string? Region { get; internal set; }

    /// <summary>The access key's id of S3, or a reference to it; null when the credential has it, or there is none.</summary>
    public string? AccessKeyId { get; internal set; }

    /// <summary>
    /// A reference to the secret: of S3 the secret access key; of Azure the account key, a shared access signature or a connection string.
    /// Null to use what the environment offers (Azure's and AWS's default chains).
    /// </summary>
    public string? Credential { get; internal set; }

    /// <summary>A reference to the session token of an S3 access key that belongs to a session (STS); null for a key of its own.</summary>
    public string? SessionToken { get; internal set; }

    /// <summary>
    /// The server-side encryption that a bucket's policy asks for: <c>AES256</c>, <c>aws:kms</c> or <c>aws:kms:dsse</c>; null to name none.
    /// </summary>
    public string? Encryption { get; internal set; }

    /// <summary>The key of KMS that goes with <see cref="Encryption"/>; null for the bucket's own.</summary>
    public string? EncryptionKeyId { get; internal set; }

    /// <summary>How long requests are repeated while the store is in trouble; null for 30 seconds.</summary>
    public TimeSpan? RetryTimeout { get; internal set; }

    /// <summary>True to take run keys with a store that ignores conditions, at the risk of two workloads for one key.</summary>
    public bool AllowUnconditionalWrites { get; internal set; }

    /// <summary>True to allow http for a server other than loopback, over which addresses and data travel readably.</summary>
    public bool AllowInsecureHttp { get; internal set; }

    /// <summary>The name and the place.</summary>
    /// <returns>For example <c>blobs (az://mlartifacts/steps)</c>.</returns>
    public override string ToString() => $"{Name} ({Uri})";
}
