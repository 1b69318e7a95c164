using System.Management.Automation;
using RunAi.Artifacts;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Secrets;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Registers an artifact store: a named place for inputs, outputs, logs and run records.</para>
/// <para type="description">
/// Azure Blob Storage, S3 or a shared folder. It is kept in the configuration file with a reference to its secret, never the secret.
/// Without a credential, the environment's identity is used (Azure's or AWS's default chain). Nothing is sent to the store.
/// </para>
/// </summary>
/// <example>
/// <para>Register a container of Azure Blob Storage</para>
/// <code test="emulator">Register-RunAiArtifactStore blobs -Uri az://mlartifacts/steps</code>
/// <para>The store comes back. Azure's default chain of credentials is used, since none was given.</para>
/// </example>
/// <example>
/// <para>Register a bucket of MinIO, with a reference to its access key</para>
/// <code test="emulator">Register-RunAiArtifactStore minio -Uri s3://steps/team -Endpoint https://minio.example.org:9000 -Credential '{{minio}}'</code>
/// <para>The store comes back with the reference. The key is read from the vault when it is needed.</para>
/// </example>
/// <example>
/// <para>Register a shared folder</para>
/// <code test="emulator">Register-RunAiArtifactStore share -Uri file:///mnt/steps</code>
/// <para>The store comes back. The folder must be seen by this machine and by the cluster's nodes.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Register, "RunAiArtifactStore", SupportsShouldProcess = true)]
[OutputType(typeof(ArtifactStore))]
public sealed class RegisterArtifactStoreCommand : RunAiCommand
{
    /// <summary><para type="description">The name of the artifact store.</para></summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    /// <summary>
    /// <para type="description">Where it is: az://account/container/prefix, s3://bucket/prefix, file:///folder or file:./folder; or the
    /// full URL of a container after 'az+', such as az+http://127.0.0.1:10000/account/container.</para>
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string Uri { get; set; } = "";

    /// <summary>
    /// <para type="description">The URL of another service than Azure's or AWS's own, such as a MinIO or Ceph server.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Endpoint { get; set; }

    /// <summary><para type="description">The region of an S3 bucket; the environment's by default.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Region { get; set; }

    /// <summary>
    /// <para type="description">A reference to the secret, such as {{blob_key}} or {{env:STORE_KEY}}: of S3 the secret access key, a
    /// PSCredential, a text 'id:secret' or a hashtable with AccessKeyId, SecretAccessKey and SessionToken; of Azure the account key, a
    /// shared access signature or a connection string. Or a PSCredential or SecureString, which is stored in the vault. Plain text is
    /// refused.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public object? Credential { get; set; }

    /// <summary>
    /// <para type="description">The access key's id of S3, or a reference to it, when the credential is the secret alone.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? AccessKeyId { get; set; }

    /// <summary>
    /// <para type="description">A reference to the session token, when the access key of S3 belongs to a session (STS, SSO, an assumed
    /// role). Signed addresses end with the session, and steps that take longer lose what they write afterwards.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? SessionToken { get; set; }

    /// <summary>
    /// <para type="description">The server-side encryption that the policy of an S3 bucket asks each new object to name: AES256, aws:kms or
    /// aws:kms:dsse.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateSet("AES256", "aws:kms", "aws:kms:dsse")]
    public string? Encryption { get; set; }

    /// <summary><para type="description">The id or ARN of the KMS key to encrypt with; the bucket's own by default.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? EncryptionKeyId { get; set; }

    /// <summary>
    /// <para type="description">How long requests are repeated while the store is in trouble; 30 seconds by default, 0 to try once.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Seconds]
    public TimeSpan? RetryTimeout { get; set; }

    /// <summary>
    /// <para type="description">The vault that a PSCredential or SecureString is stored in; the default vault otherwise.</para>
    /// </summary>
    [Parameter]
    public string? Vault { get; set; }

    /// <summary>
    /// <para type="description">Allows http for a server that is not on the loopback interface; signed addresses and data then travel in
    /// clear.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter AllowInsecureHttp { get; set; }

    /// <summary>
    /// <para type="description">Takes run keys with a store that ignores conditional writes, which is refused otherwise: then submit each
    /// key from one machine alone. Test-RunAiStack shows whether a store ignores them.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter AllowUnconditionalWrites { get; set; }

    /// <summary><para type="description">Replaces an artifact store of the same name.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// <para type="description">User: the artifact store is kept in the configuration file, for all sessions. Session: it is kept in this
    /// session (the runspace) alone, with a secret that is given as an object; nothing of it is on disk, and no vault is needed. User by
    /// default.</para>
    /// </summary>
    [Parameter]
    public RegistrationScope Scope { get; set; }

    /// <inheritdoc/>
    protected override object? CurrentTarget => Name;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var secret = new GivenSecret(Credential, Vault, "runai-store", Name, SecretsOf(Scope));
        var isS3 = Uri.StartsWith("s3:", StringComparison.OrdinalIgnoreCase);
        var added = new ArtifactStore
        {
            Name = Name,
            Uri = LocalPath.Full(Uri, SessionState)!,
            Endpoint = Text(Endpoint),
            Region = Text(Region),
            AccessKeyId = isS3 && secret.UserName is { } id ? id : Text(AccessKeyId),
            Credential = secret.Reference,
            SessionToken = Text(SessionToken),
            Encryption = Text(Encryption),
            EncryptionKeyId = Text(EncryptionKeyId),
            RetryTimeout = RetryTimeout,
            AllowUnconditionalWrites = AllowUnconditionalWrites,
            AllowInsecureHttp = AllowInsecureHttp,
        };
        ConfiguredArtifactStores.Check(added);
        if (!ShouldProcess(added.Name, "Register the artifact store"))
        {
            return;
        }

        var section = ConfigurationOf(GivenScope(Scope)).ArtifactStores;
        section.EnsureFree(added.Name, Force);
        Await((context, token) => secret.StoreAsync(context.Vault, token));
        WriteObject(Await((_, token) => section.RegisterAsync(added.Name, added, Force, token)));
    }

    private static string? Text(string? given) => string.IsNullOrEmpty(given) ? null : given;
}
