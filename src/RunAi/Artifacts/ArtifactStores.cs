using RunAi.Components;
using RunAi.Configuration;
using RunAi.Secrets;

namespace RunAi.Artifacts;

/// <summary>Artifact stores in the configuration file, their rules, and their opening.</summary>
internal static class ArtifactStores
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
            AllowInsecureHttp = ComponentJson.Switch(json, "allowInsecureHttp", faults),
        },
        Write = (one, json) =>
        {
            ComponentJson.Put(json, "uri", one.Uri);
            ComponentJson.Put(json, "endpoint", one.Endpoint);
            ComponentJson.Put(json, "region", one.Region);
            ComponentJson.Put(json, "accessKeyId", one.AccessKeyId);
            ComponentJson.Put(json, "credential", one.Credential);
            ComponentJson.Put(json, "allowInsecureHttp", one.AllowInsecureHttp ? true : null);
        },
        Check = one => Check(one),
    };

    public static ComponentSection<ArtifactStore> In(ConfigurationFile file) => new(file, Kind);

    /// <summary>Puts the address in its one form and checks all rules.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.InvalidArtifactStore"/>.</exception>
    public static StoreAddress Check(ArtifactStore one)
    {
        if (ComponentName.Fault(one.Name) is { } name)
        {
            throw Invalid(one, name);
        }

        var address = StoreAddress.Read(one.Uri, one.Endpoint, out var problem) ?? throw Invalid(one, problem!);
        one.Uri = address.Uri;
        return Fault(one, address) is { } fault ? throw Invalid(one, fault) : address;
    }

    /// <summary>Opens a store. Its secrets are read now; nothing is asked of the store itself.</summary>
    /// <param name="one">The store.</param>
    /// <param name="secrets">Reads the secrets it refers to.</param>
    /// <param name="log">Told each use of the store.</param>
    /// <param name="ct">Ends the work.</param>
    /// <param name="options">How transfers are cut and how patient they are; the usual way by default.</param>
    /// <param name="time">The clock; the system's by default.</param>
    /// <exception cref="RunAiException">The store's options are wrong, or a secret is not there or unusable.</exception>
    public static async Task<IArtifactStore> OpenAsync(
        ArtifactStore one, SecretResolver secrets, IActivityLog log, CancellationToken ct, StoreOptions? options = null, TimeProvider? time = null)
    {
        var address = Check(one);
        var credentials = new StoreCredentials(one, secrets);
        var opened = address.Kind switch
        {
            StoreKind.Azure => AzureStores.Open(
                address, await credentials.SecretAsync(ct).ConfigureAwait(false), options ?? StoreOptions.Default, time ?? TimeProvider.System),
            StoreKind.S3 => S3Stores.Open(
                address, one.Region, await credentials.LoginAsync(ct).ConfigureAwait(false), options ?? StoreOptions.Default, time ?? TimeProvider.System),
            _ => new FileStore(address),
        };
        return new LoggedStore(opened, log);
    }

    private static string? Fault(ArtifactStore one, StoreAddress address) =>
        one.Credential is not null && !SecretReference.TryParse(one.Credential, out _, out _)
            ? "The credential is not a reference: a secret is not taken as plain text and was not kept. Give -Credential a reference such as "
                + "'{{blob_key}}' or '{{env:NAME}}', a PSCredential, or a SecureString."
        : address.Kind != StoreKind.S3 && (one.Region ?? one.AccessKeyId) is not null ? "A region and an access key id go with s3:// only."
        : address.Kind == StoreKind.File && one.Credential is not null ? "A folder takes no credential; who may use it is the file system's affair."
        : one.AccessKeyId is not null && one.Credential is null
            ? "An access key id was given without -Credential, the secret access key. Give both, or neither to use AWS's default chain."
        : address.Service is { Scheme: "http", IsLoopback: false } && !one.AllowInsecureHttp
            ? "Over http everybody on the way can read signed addresses and data. Use https, or allow it with -AllowInsecureHttp."
        : null;

    private static ConfigurationException Invalid(ArtifactStore one, string message) =>
        new(ErrorIds.InvalidArtifactStore, message) { Target = one.Name };
}
