using System.Collections;
using System.Management.Automation;
using RunAi.Images;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;
using RunAi.Steps;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Builds the image of a step from a folder with code: on a base image without a container engine, or by a
/// Dockerfile.</para>
/// <para type="description">
/// The step runner and the folder become layers on top of the base image. With -Dockerfile, a container engine (Docker, or Podman's
/// Docker-compatible socket) builds the folder, and the step runner becomes a layer on top of the result. What .runaiignore, else
/// .dockerignore, else .gitignore lists is left out: .dockerignore follows Docker, the others follow git. -WhatIf lists the files with
/// their sizes and what is left out by which line, -Verbose tells it. The same code gives the same digest, and what the registry has is not
/// uploaded again. Credentials come from the registered container registries, else from 'docker login'.
/// </para>
/// </summary>
/// <example>
/// <para>Put a folder on a base image and push it to a registered registry</para>
/// <code>Publish-RunAiStepImage ./src -BaseImage python:3.12-slim -ContainerRegistry acr</code>
/// <para>The image comes back with its reference by digest, which -Image of Submit-RunAiStep takes.</para>
/// </example>
/// <example>
/// <para>Push to the registry of the active stack</para>
/// <code>Publish-RunAiStepImage ./src -BaseImage python:3.12-slim</code>
/// <para>The image comes back. The stack's image builder made it.</para>
/// </example>
/// <example>
/// <para>Push to an address that is not registered, under a tag</para>
/// <code>Publish-RunAiStepImage ./src -BaseImage python:3.12-slim -Destination localhost:5000/steps -Tag latest</code>
/// <para>The image comes back. The tag latest points at it, and the reference holds the digest.</para>
/// </example>
/// <example>
/// <para>Build a Dockerfile</para>
/// <code>Publish-RunAiStepImage ./src -Dockerfile Dockerfile -BuildArgument @{ VERSION = '3' } -ContainerRegistry acr</code>
/// <para>The container engine builds the folder with VERSION 3. The image comes back after it was pushed.</para>
/// </example>
/// <example>
/// <para>Build from and into folders of OCI layouts</para>
/// <code>$image = Publish-RunAiStepImage ./src -BaseImage oci:./base -Destination oci:./images</code>
/// <para>The image comes back and lies in ./images. No registry is asked.</para>
/// </example>
[Cmdlet(VerbsData.Publish, "RunAiStepImage", SupportsShouldProcess = true, DefaultParameterSetName = "Registry")]
[OutputType(typeof(StepImage))]
public sealed class PublishStepImageCommand : RunAiCommand
{
    /// <summary><para type="description">The folder with the step's code.</para></summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    public string Source { get; set; } = "";

    /// <summary>
    /// <para type="description">The image to put the code on, such as python:3.12-slim, or oci:PATH[:TAG], or scratch for none. A
    /// Dockerfile names its own.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? BaseImage { get; set; }

    /// <summary>
    /// <para type="description">The registered container registry that the image goes to; the stack's when it is left out.</para>
    /// </summary>
    [Parameter(ParameterSetName = "Registry")]
    [ArgumentCompleter(typeof(ContainerRegistryNameCompleter))]
    public string? ContainerRegistry { get; set; }

    /// <summary>
    /// <para type="description">The stack whose registry and image builder are used where none is named; the active one when it is left
    /// out.</para>
    /// </summary>
    [Parameter(ParameterSetName = "Registry")]
    [ArgumentCompleter(typeof(StackNameCompleter))]
    public string? Stack { get; set; }

    /// <summary>
    /// <para type="description">Where the image goes: a repository such as myorg.azurecr.io/steps, or a folder as oci:PATH.</para>
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = "Destination")]
    public string Destination { get; set; } = "";

    /// <summary>
    /// <para type="description">A registered image builder; when it is left out the stack's, or with -ContainerRegistry or -Destination one
    /// of the flavor Layer with its defaults.</para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ImageBuilderNameCompleter))]
    public string? ImageBuilder { get; set; }

    /// <summary>
    /// <para type="description">The folder of the image that the code goes to and the command starts in; /workspace by default.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? WorkingDir { get; set; }

    /// <summary><para type="description">The platform of the image; linux/amd64 by default.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(ImageWordCompleter))]
    public string? Platform { get; set; }

    /// <summary>
    /// <para type="description">A Dockerfile, relative to the source folder, to build through a container engine instead of putting the
    /// code on a base image.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Dockerfile { get; set; }

    /// <summary><para type="description">The stage of the Dockerfile to build; the last one by default.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Target { get; set; }

    /// <summary>
    /// <para type="description">Values for the Dockerfile's ARG instructions, by name. They can be read in the image's history: no place
    /// for secrets.</para>
    /// </summary>
    [Parameter]
    public IDictionary? BuildArgument { get; set; }

    /// <summary>
    /// <para type="description">The container engine, such as unix:///run/podman/podman.sock; DOCKER_HOST, else the usual sockets by
    /// default.</para>
    /// </summary>
    [Parameter]
    public string? Endpoint { get; set; }

    /// <summary><para type="description">A tag for the image beside its digest.</para></summary>
    [Parameter]
    public string? Tag { get; set; }

    /// <inheritdoc/>
    protected override object? CurrentTarget => Source;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var builder = Builder();
        var request = new ImageBuildRequest(
            FullPath(Source), string.IsNullOrEmpty(BaseImage) ? null : Location(BaseImage!), Location(Place()))
        {
            WorkingDir = NullIfEmpty(WorkingDir) ?? builder.WorkingDir,
            Platform = ImagePlatform.Parse(NullIfEmpty(Platform) ?? builder.Platform),
        };
        request.Tag = TagOf(request.Destination);
        var what = builder.Flavor == ConfiguredImageBuilders.Docker
            ? $"the Dockerfile of '{request.Source}'"
            : $"'{request.Source}' on {request.BaseImage}";
        var listing = IsWhatIf ? "\n" + string.Join("\n", StepImages.SourceOf(builder, request).Lines()) : "";
        if (!ShouldProcess(request.Destination.ToString(), $"Build an image of {what} and store it{listing}"))
        {
            return;
        }

        WriteObject(Await(async (context, token) =>
        {
            var view = new ImageProgressView(context.Progress);
            try
            {
                return await context.Services.Images.BuildAsync(builder, request, view.Show, token).ConfigureAwait(false);
            }
            finally
            {
                view.End();
            }
        }));
    }

    private ImageBuilder Builder()
    {
        var registered = !string.IsNullOrEmpty(ImageBuilder) ? Configuration.ImageBuilders.Resolve(ImageBuilder!)
            : IsOfStack ? Configuration.StackResolver.Resolve(Stack, null).ImageBuilder
            : null;
        var builder = new ImageBuilder
        {
            Name = registered?.Name ?? ConfiguredImageBuilders.Layer,
            Flavor = Dockerfile is not null ? ConfiguredImageBuilders.Docker : registered?.Flavor ?? ConfiguredImageBuilders.Layer,
            WorkingDir = registered?.WorkingDir,
            Platform = registered?.Platform,
            Dockerfile = NullIfEmpty(Dockerfile) ?? registered?.Dockerfile,
            Target = NullIfEmpty(Target) ?? registered?.Target,
            BuildArguments = BuildArgument is null
                ? registered?.BuildArguments ?? new Dictionary<string, string>()
                : TextMap.From(PSObjectUnwrapper.Dictionary(BuildArgument)),
            Endpoint = NullIfEmpty(Endpoint) ?? registered?.Endpoint,
        };
        ConfiguredImageBuilders.Check(builder);
        return builder;
    }

    private string Place()
    {
        if (ParameterSetName != "Registry")
        {
            return Destination;
        }

        var registry = string.IsNullOrEmpty(ContainerRegistry) ? OfStack() : Configuration.ContainerRegistries.Resolve(ContainerRegistry!);
        ConfiguredContainerRegistries.Check(registry);
        return registry.Uri;
    }

    /// <summary>True where the stack says where the image goes and what makes it.</summary>
    private bool IsOfStack => ParameterSetName == "Registry" && (string.IsNullOrEmpty(ContainerRegistry) || !string.IsNullOrEmpty(Stack));

    private ContainerRegistry OfStack()
    {
        var stack = Configuration.StackResolver.Resolve(Stack, null);
        return stack.ContainerRegistry ?? throw new ConfigurationException(
            ErrorIds.InvalidStack,
            stack.IsRegistered
                ? $"The stack '{stack.Stack.Name}' has no container registry. Add one with Set-RunAiStack {stack.Stack.Name} "
                    + "-ContainerRegistry HOST/REPOSITORY, or name another place with -ContainerRegistry or -Destination."
                : "No stack is active, so that nothing says where the image goes. Name a registered registry with -ContainerRegistry, or a "
                    + "place with -Destination.")
        {
            Target = stack.IsRegistered ? stack.Stack.Name : null,
        };
    }

    private string? TagOf(ImageLocation destination) =>
        string.IsNullOrEmpty(Tag) ? destination.Tag
        : ImageReference.IsTag(Tag!) ? Tag
        : throw new ImageBuildException(
            ErrorIds.InvalidImageReference,
            $"'{Tag}' is no tag. Use at most 128 letters, digits, '.', '_' and '-', not a '.' or '-' first.")
        {
            Target = Tag,
        };

    private ImageLocation Location(string text) => ImageLocation.Parse(
        text.StartsWith(ImageLocation.LayoutScheme, StringComparison.OrdinalIgnoreCase) && text.Length > ImageLocation.LayoutScheme.Length
            ? ImageLocation.LayoutScheme + FullPath(text.Substring(ImageLocation.LayoutScheme.Length))
            : text);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private string FullPath(string path) => SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);
}
