using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.Stacks;

namespace RunAi.PowerShell.Commands;

/// <summary>The components of a stack, shared by the commands that register and change one.</summary>
public abstract class StackOptionsCommand : RunAiCommand
{
    /// <summary><para type="description">The name of the stack.</para></summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(StackNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>
    /// <para type="description">The name of a registered step operator, or the URL of a control plane: then a new step operator is registered under the
    /// stack's name, with -ProjectName, -ClientId and -ClientSecret.</para>
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

    /// <summary><para type="description">The client id of a new step operator, or a reference to it such as {{runai_secret.client_id}}.</para></summary>
    [Parameter]
    [Alias("client_id")]
    public string? ClientId { get; set; }

    /// <summary><para type="description">A reference to the client secret of a new step operator, such as {{runai_secret.client_secret}}. Plain text is refused.</para></summary>
    [Parameter]
    [Alias("client_secret")]
    public string? ClientSecret { get; set; }

    /// <summary>
    /// <para type="description">The name of a registered artifact store, or a place such as az://account/container/prefix, s3://bucket/prefix or
    /// file:PATH: then a new artifact store is registered under the stack's name.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [Alias("artifact_store")]
    [ArgumentCompleter(typeof(ArtifactStoreNameCompleter))]
    public string? ArtifactStore { get; set; }

    /// <summary><para type="description">A reference to the credential of a new artifact store, such as {{blob_key}}; the environment's when it is left out.</para></summary>
    [Parameter]
    public string? ArtifactStoreCredential { get; set; }

    /// <summary>
    /// <para type="description">The name of a registered container registry, or a repository such as myorg.azurecr.io/steps, or a folder as oci:PATH: then
    /// a new container registry is registered under the stack's name.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [Alias("container_registry")]
    [ArgumentCompleter(typeof(ContainerRegistryNameCompleter))]
    public string? ContainerRegistry { get; set; }

    /// <summary><para type="description">A reference to the credential of a new container registry, such as {{acr_push}}; what 'docker login' keeps when it is left out.</para></summary>
    [Parameter]
    public string? ContainerRegistryCredential { get; set; }

    /// <summary>
    /// <para type="description">The name of a registered image builder, or a flavor such as Layer: then a new image builder is registered under the stack's
    /// name.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [Alias("image_builder")]
    [ArgumentCompleter(typeof(ImageBuilderNameCompleter))]
    public string? ImageBuilder { get; set; }

    /// <summary><para type="description">Replaces what has the stack's name already: the stack, and components that are given by what they are.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override object? CurrentTarget => Name;

    /// <summary>Tries a change on the configuration as it is, asks, and does it in one write.</summary>
    private protected void Change(string verb, Func<StackRegistration, StackChange> plan, Func<StackRegistration, CancellationToken, Task<StackChange>> change)
    {
        var assembly = new StackRegistration(Session.ConfigurationFile, Options(), Force);
        var planned = plan(assembly);
        if (!ShouldProcess(planned.Stack.Name, $"{verb} the stack: {string.Join(", ", planned.Changed)}"))
        {
            return;
        }

        var done = Await((_, token) => change(assembly, token));
        foreach (var changed in done.Changed)
        {
            WriteVerbose($"Registered: {changed}");
        }

        WriteObject(done.Stack);
    }

    private StackOptions Options() => new()
    {
        StepOperator = Given(nameof(StepOperator), StepOperator),
        ProjectName = ProjectName,
        ClientId = ClientId,
        ClientSecret = ClientSecret,
        ArtifactStore = Given(nameof(ArtifactStore), LocalPath.Full(ArtifactStore, SessionState)),
        ArtifactStoreCredential = ArtifactStoreCredential,
        ContainerRegistry = Given(nameof(ContainerRegistry), LocalPath.Full(ContainerRegistry, SessionState)),
        ContainerRegistryCredential = ContainerRegistryCredential,
        ImageBuilder = Given(nameof(ImageBuilder), ImageBuilder),
    };

    /// <summary>Null for a parameter that was not given; one given as null empties its place.</summary>
    private string? Given(string parameter, string? value) => MyInvocation.BoundParameters.ContainsKey(parameter) ? value ?? "" : null;
}
