using System.Management.Automation;
using RunAi.Configuration;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Secrets;
using RunAi.Secrets;
using RunAi.Stacks;

namespace RunAi.PowerShell.Commands;

/// <summary>The components of a stack, shared by the commands that register and change one.</summary>
public abstract class StackOptionsCommand : RunAiCommand
{
    /// <summary><para type="description">The name of the stack.</para></summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(StackNameCompleter))]
    public virtual string Name { get; set; } = "";

    /// <summary>
    /// <para type="description">The name of a registered step operator, or the URL of a control plane: then a new step operator is
    /// registered under the stack's name, with -ProjectName, -ClientId and -ClientSecret.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [Alias("step_operator")]
    [ArgumentCompleter(typeof(StepOperatorNameCompleter))]
    public string? StepOperator { get; set; }

    /// <summary><para type="description">The project of a new step operator.</para></summary>
    [Parameter]
    [Alias("project_name")]
    [ArgumentCompleter(typeof(ProjectNameCompleter))]
    public string? ProjectName { get; set; }

    /// <summary>
    /// <para type="description">The client id of a new step operator, or a reference to it such as {{runai_secret.client_id}}.</para>
    /// </summary>
    [Parameter]
    [Alias("client_id")]
    public string? ClientId { get; set; }

    /// <summary>
    /// <para type="description">A reference to the client secret of a new step operator, such as {{runai_secret.client_secret}}, or a
    /// SecureString, which is stored in the default vault, or kept by the session with -Scope Session. Plain text is refused.</para>
    /// </summary>
    [Parameter]
    [Alias("client_secret")]
    public object? ClientSecret { get; set; }

    /// <summary>
    /// <para type="description">Client id and secret of a new step operator together; the secret is kept as with -ClientSecret.</para>
    /// </summary>
    [Parameter]
    public PSCredential? Credential { get; set; }

    /// <summary>
    /// <para type="description">The name of a registered artifact store, or a place such as az://account/container/prefix,
    /// s3://bucket/prefix or file:PATH: then a new artifact store is registered under the stack's name.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [Alias("artifact_store")]
    [ArgumentCompleter(typeof(ArtifactStoreNameCompleter))]
    public string? ArtifactStore { get; set; }

    /// <summary>
    /// <para type="description">A reference to the credential of a new artifact store, such as {{blob_key}}, or a SecureString, which is
    /// kept as with -ClientSecret; the environment's when it is left out.</para>
    /// </summary>
    [Parameter]
    public object? ArtifactStoreCredential { get; set; }

    /// <summary>
    /// <para type="description">The name of a registered container registry, or a repository such as myorg.azurecr.io/steps, or a folder as
    /// oci:PATH: then a new container registry is registered under the stack's name.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [Alias("container_registry")]
    [ArgumentCompleter(typeof(ContainerRegistryNameCompleter))]
    public string? ContainerRegistry { get; set; }

    /// <summary>
    /// <para type="description">A reference to the credential of a new container registry, such as {{acr_push}}, or a SecureString, which
    /// is kept as with -ClientSecret; what 'docker login' keeps when it is left out.</para>
    /// </summary>
    [Parameter]
    public object? ContainerRegistryCredential { get; set; }

    /// <summary>
    /// <para type="description">The name of a registered image builder, or a flavor such as Layer: then a new image builder is registered
    /// under the stack's name.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [Alias("image_builder")]
    [ArgumentCompleter(typeof(ImageBuilderNameCompleter))]
    public string? ImageBuilder { get; set; }

    /// <summary>
    /// <para type="description">Replaces what has the stack's name already: the stack, and components that are given by what they
    /// are.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override object? CurrentTarget => Name;

    /// <summary>Tries a change on the configuration as it is, asks, and does it in one write.</summary>
    private protected void Change(
        string verb, Func<StackRegistration, StackChange> plan, Func<StackRegistration, CancellationToken, Task<StackChange>> change)
    {
        GivenSecret[] secrets =
        [
            OperatorSecret,
            new(ArtifactStoreCredential, null, "runai-store", Name, OwnSecrets),
            new(ContainerRegistryCredential, null, "runai-registry", Name, OwnSecrets),
        ];
        var assembly = new StackRegistration(ConfigurationOf(TargetScope).File, Options(secrets), Force);
        var planned = plan(assembly);
        if (!ShouldProcess(planned.Stack.Name, $"{verb} the stack: {string.Join(", ", planned.Changed)}"))
        {
            return;
        }

        var done = Await(async (context, token) =>
        {
            foreach (var secret in secrets)
            {
                await secret.StoreAsync(context.Vault, token).ConfigureAwait(false);
            }

            return await change(assembly, token).ConfigureAwait(false);
        });
        foreach (var changed in done.Changed)
        {
            WriteVerbose($"Registered: {changed}");
        }

        WriteObject(done.Stack);
    }

    /// <summary>Where it is registered; null to leave what is there where it is.</summary>
    private protected virtual ConfigurationScope? TargetScope => null;

    /// <summary>The secret of a new step operator, as it is given.</summary>
    private protected GivenSecret OperatorSecret => new(Credential ?? ClientSecret, null, "runai", Name, OwnSecrets);

    private SessionSecrets? OwnSecrets => TargetScope == ConfigurationScope.Session ? SecretsOf(RegistrationScope.Session) : null;

    private StackOptions Options(GivenSecret[] secrets) => new()
    {
        StepOperator = Given(nameof(StepOperator), StepOperator),
        ProjectName = ProjectName,
        ClientId = Credential?.UserName ?? ClientId,
        ClientSecret = secrets[0].Reference,
        ArtifactStore = Given(nameof(ArtifactStore), LocalPath.Full(ArtifactStore, SessionState)),
        ArtifactStoreCredential = secrets[1].Reference,
        ContainerRegistry = Given(nameof(ContainerRegistry), LocalPath.Full(ContainerRegistry, SessionState)),
        ContainerRegistryCredential = secrets[2].Reference,
        ImageBuilder = Given(nameof(ImageBuilder), ImageBuilder),
    };

    /// <summary>Null for a parameter that was not given; one given as null empties its place.</summary>
    private string? Given(string parameter, string? value) => MyInvocation.BoundParameters.ContainsKey(parameter) ? value ?? "" : null;
}
