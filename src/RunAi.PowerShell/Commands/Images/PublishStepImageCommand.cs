using System.Management.Automation;
using RunAi.Images;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;
using RunAi.Secrets;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Builds the image of a step from a base image and a folder with code, without a container engine.</para>
/// <para type="description">
/// The folder becomes one layer on top of the base image. What .runaiignore, else .dockerignore, else .gitignore lists is left out, in
/// git's syntax. The same code gives the same digest, and what the registry has is not uploaded again. Credentials come from the registered
/// container registries, else from 'docker login'.
/// </para>
/// </summary>
/// <example><code>Publish-RunAiStepImage ./src -BaseImage python:3.12-slim -ContainerRegistry acr</code></example>
/// <example><code>Publish-RunAiStepImage ./src -BaseImage python:3.12-slim -Destination localhost:5000/steps -Tag latest</code></example>
/// <example><code>$image = Publish-RunAiStepImage ./src -BaseImage oci:./base -Destination oci:./images</code></example>
[Cmdlet(VerbsData.Publish, "RunAiStepImage", SupportsShouldProcess = true, DefaultParameterSetName = "Registry")]
[OutputType(typeof(StepImage))]
public sealed class PublishStepImageCommand : RunAiCommand
{
    /// <summary><para type="description">The folder with the step's code.</para></summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    public string Source { get; set; } = "";

    /// <summary><para type="description">The image to put the code on, such as python:3.12-slim, or oci:PATH[:TAG].</para></summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string BaseImage { get; set; } = "";

    /// <summary><para type="description">The registered container registry that the image goes to.</para></summary>
    [Parameter(Mandatory = true, ParameterSetName = "Registry")]
    [ArgumentCompleter(typeof(ContainerRegistryNameCompleter))]
    public string ContainerRegistry { get; set; } = "";

    /// <summary><para type="description">Where the image goes: a repository such as myorg.azurecr.io/steps, or a folder as oci:PATH.</para></summary>
    [Parameter(Mandatory = true, ParameterSetName = "Destination")]
    public string Destination { get; set; } = "";

    /// <summary><para type="description">A registered image builder, for its working folder and platform.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(ImageBuilderNameCompleter))]
    public string? ImageBuilder { get; set; }

    /// <summary><para type="description">The folder of the image that the code goes to and the command starts in; /workspace by default.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? WorkingDir { get; set; }

    /// <summary><para type="description">The platform of the image; linux/amd64 by default.</para></summary>
    [Parameter]
    public string? Platform { get; set; }

    /// <summary><para type="description">A tag for the image beside its digest.</para></summary>
    [Parameter]
    public string? Tag { get; set; }

    /// <inheritdoc/>
    protected override object? CurrentTarget => Source;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var builder = Builder();
        var request = new ImageBuildRequest(FullPath(Source), Location(BaseImage), Location(Target()))
        {
            WorkingDir = WorkingFolder.Normalise(WorkingDir ?? builder?.WorkingDir),
            Platform = ImagePlatform.Parse(Platform ?? builder?.Platform),
        };
        request.Tag = TagOf(request.Destination);
        if (!ShouldProcess(request.Destination.ToString(), $"Build an image of '{request.Source}' on {request.BaseImage} and store it"))
        {
            return;
        }

        WriteObject(Await(async (context, token) =>
        {
            var registered = Configuration.ContainerRegistries.Get();
            var credentials = new RegistryCredentials(
                registered,
                new SecretResolver(context.Vault, Environment.GetEnvironmentVariable),
                new DockerLogin(Environment.GetEnvironmentVariable, new CredentialHelper(TimeProvider.System)));
            var transport = RegistryTransport.Default;
            using var hosts = new RegistryHosts(transport, credentials, context.Log);
            var view = new ImageProgressView(context.Pump, this);
            try
            {
                return await new LayerImageBuilder(hosts, transport.Options).BuildAsync(request, view.Show, token).ConfigureAwait(false);
            }
            finally
            {
                view.End();
            }
        }));
    }

    private ImageBuilder? Builder()
    {
        if (string.IsNullOrEmpty(ImageBuilder))
        {
            return null;
        }

        var one = Configuration.ImageBuilders.Resolve(ImageBuilder!);
        ImageBuilders.Check(one);
        return one.Flavor == ImageBuilders.Layer
            ? one
            : throw new ConfigurationException(
                ErrorIds.InvalidImageBuilder, $"The image builder '{one.Name}' has the flavor {one.Flavor}, which builds nothing. Name one of the flavor Layer, or none.")
            {
                Target = one.Name,
            };
    }

    private string Target()
    {
        if (ParameterSetName != "Registry")
        {
            return Destination;
        }

        var one = Configuration.ContainerRegistries.Resolve(ContainerRegistry);
        ContainerRegistries.Check(one);
        return one.Uri;
    }

    private string? TagOf(ImageLocation destination) =>
        string.IsNullOrEmpty(Tag) ? destination.Tag
        : ImageReference.IsTag(Tag!) ? Tag
        : throw new ImageBuildException(
            ErrorIds.InvalidImageReference, $"'{Tag}' is no tag. Use at most 128 letters, digits, '.', '_' and '-', not a '.' or '-' first.")
        {
            Target = Tag,
        };

    private ImageLocation Location(string text) => ImageLocation.Parse(
        text.StartsWith(ImageLocation.LayoutScheme, StringComparison.OrdinalIgnoreCase) && text.Length > ImageLocation.LayoutScheme.Length
            ? ImageLocation.LayoutScheme + FullPath(text.Substring(ImageLocation.LayoutScheme.Length))
            : text);

    private string FullPath(string path) => SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);
}
