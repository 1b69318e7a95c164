using RunAi.Configuration;
using RunAi.Secrets;

namespace RunAi.Artifacts;

/// <summary>Artifact stores in the configuration file, their rules, and their opening.</summary>
internal static class ConfiguredArtifactStores
{
    private static readonly ComponentKind<ArtifactStore> Kind = new()
    {
        Section = "artifactStores",
        Words = "artifact store",
        NotFoundId = ErrorIds.ArtifactStoreNotFound,
        ExistsId = ErrorIds.ArtifactStoreExists,
        HowToRegister = "Register-RunAiArtifactStore {0} -Uri az://ACCOUNT/CONTAINER",
        Read = (name, json, faults) => new ArtifactStore
        {
            Name = name,
            Uri = ComponentJson.Text(json, "uri", faults) ?? "",
            Endpoint = ComponentJson.Text(json, "endpoint", faults),
            Region = ComponentJson.Text(json, "region", faults),
            AccessKeyId = ComponentJson.Text(json, "accessKeyId", faults),
            Credential = ComponentJson.Text(json, "credential", faults),
            SessionToken = ComponentJson.Text(json, "sessionToken", faults),
            Encryption = ComponentJson.Text(json, "encryption", faults),
            EncryptionKeyId = ComponentJson.Text(json, "encryptionKeyId", faults),
            RetryTimeout = ComponentJson.Duration(json, "retryTimeout", faults),
            AllowUnconditionalWrites = ComponentJson.Switch(json, "allowUnconditionalWrites", faults),
            AllowInsecureHttp = ComponentJson.Switch(json, "allowInsecureHttp", faults),
        },
        Write = (store, json) =>
        {
            ComponentJson.Put(json, "uri", store.Uri);
            ComponentJson.Put(json, "endpoint", store.Endpoint);
            ComponentJson.Put(json, "region", store.Region);
            ComponentJson.Put(json, "accessKeyId", store.AccessKeyId);
            ComponentJson.Put(json, "credential", store.Credential);
            ComponentJson.Put(json, "sessionToken", store.SessionToken);
            ComponentJson.Put(json, "encryption", store.Encryption);
            ComponentJson.Put(json, "encryptionKeyId", store.EncryptionKeyId);
            ComponentJson.Put(json, "retryTimeout", store.RetryTimeout?.ToString("c"));
            ComponentJson.Put(json, "allowUnconditionalWrites", store.AllowUnconditionalWrites ? true : null);
            ComponentJson.Put(json, "allowInsecureHttp", store.AllowInsecureHttp ? true : null);
        },
        Check = store => Check(store),
    };

    public static ComponentSection<ArtifactStore> In(ConfigurationFile file) => new(file, Kind);

    /// <summary>Puts the address in its one form and checks all rules.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.InvalidArtifactStore"/>.</exception>
    public static StoreAddress Check(ArtifactStore store)
    {
        if (ComponentName.Fault(store.Name) is { } name)
        {
            throw Invalid(store, name);
        }

        var address = StoreAddress.Read(store.Uri, store.Endpoint, out var problem) ?? throw Invalid(store, problem!);
        store.Uri = address.Uri;
        return Fault(store, address) is { } fault ? throw Invalid(store, fault) : address;
    }

    /// <summary>Opens a store. Its secrets are read now; nothing is asked of the store itself.</summary>
    /// <param name="store">The store.</param>
    /// <param name="secrets">Reads the secrets it refers to.</param>
    /// <param name="log">Told each use of the store.</param>
    /// <param name="ct">Ends the work.</param>
    /// <param name="options">How transfers are cut and how patient they are; the usual way by default.</param>
    /// <param name="time">The clock; the system's by default.</param>
    /// <exception cref="RunAiException">The store's options are wrong, or a secret is not there or unusable.</exception>
    public static async Task<IArtifactStore> OpenAsync(
        ArtifactStore store, SecretResolver secrets, IActivityLog log, CancellationToken ct, StoreOptions? options = null,
        TimeProvider? time = null)
    {
        var address = Check(store);
        var credentials = new StoreCredentials(store, secrets);
        var (patience, clock) = (options ?? StoreOptions.Default, time ?? TimeProvider.System);
        patience = store.RetryTimeout is { } limit ? patience with { RetryTimeout = limit } : patience;
        var opened = address.Kind switch
        {
            StoreKind.Azure => AzureStores.Open(address, await credentials.SecretAsync(ct).ConfigureAwait(false), patience, clock),
            StoreKind.S3 => S3Stores.Open(address, store, await credentials.LoginAsync(ct).ConfigureAwait(false), patience, clock),
            _ => new FileStore(address),
        };
        return new LoggedStore(opened, log, clock);
    }

    private static string? Fault(ArtifactStore store, StoreAddress address) =>
        store.Credential is not null && !SecretReference.TryParse(store.Credential, out _, out _)
            ? "The credential is not a reference: a secret is not taken as plain text and was not kept. Give -Credential a "
                + "reference such as '{{blob_key}}' or '{{env:NAME}}', a PSCredential, or a SecureString."
        : store.SessionToken is not null && !SecretReference.TryParse(store.SessionToken, out _, out _)
            ? "The session token is not a reference: a secret is not taken as plain text and was not kept. Give -SessionToken a reference "
                + "such as '{{aws.SessionToken}}'."
        : store.SessionToken is not null && store.Credential is null
            ? "A session token was given without -Credential, the secret access key that it goes with. Give both, or neither to use AWS's "
                + "default chain."
        : store.RetryTimeout < TimeSpan.Zero ? "The retry timeout is negative. Give 0 to try once, or a duration such as 2m."
        : store.Encryption is not (null or "AES256" or "aws:kms" or "aws:kms:dsse")
            ? "The encryption is unknown. Give AES256, aws:kms or aws:kms:dsse, as the bucket's policy asks."
        : store.EncryptionKeyId is not null && store.Encryption is (null or "AES256")
            ? "A key id goes with the encryption aws:kms or aws:kms:dsse only."
        : address.Kind != StoreKind.S3 && (store.SessionToken ?? store.Encryption ?? store.Region ?? store.AccessKeyId) is not null
            ? "A region, an access key id, a session token and an encryption go with s3:// only."
        : address.Kind == StoreKind.File && store.Credential is not null
            ? "A folder takes no credential; who may use it is the file system's affair."
        : store.AccessKeyId is not null && store.Credential is null
            ? "An access key id was given without -Credential, the secret access key. Give both, or neither to use AWS's default chain."
        : address.Service is { Scheme: "http", IsLoopback: false } && !store.AllowInsecureHttp
            ? "Over http everybody on the way can read signed addresses and data. Use https, or allow it with -AllowInsecureHttp."
        : null;

    private static ConfigurationException Invalid(ArtifactStore store, string message) =>
        new(ErrorIds.InvalidArtifactStore, message) { Target = store.Name };
}
