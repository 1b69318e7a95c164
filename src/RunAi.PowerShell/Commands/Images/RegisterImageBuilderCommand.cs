using System.Collections;
using System.Management.Automation;
using RunAi.Images;
using RunAi.PowerShell.Binding;
using RunAi.Steps;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Registers an image builder: a named way to make the images of steps.</para>
/// <para type="description">
/// The flavor Layer puts the source folder on a base image as a layer, without a container engine. The flavor Docker builds a Dockerfile
/// through a container engine: Docker, or Podman's Docker-compatible socket. The flavor None takes images as they are.
/// </para>
/// </summary>
/// <example>
/// <para>Put code on a base image, without a container engine</para>
/// <code test="emulator">Register-RunAiImageBuilder layers -Flavor Layer</code>
/// <para>The builder comes back. It packs the folder as one layer.</para>
/// </example>
/// <example>
/// <para>Build for another processor and working directory</para>
/// <code test="emulator">Register-RunAiImageBuilder arm -Flavor Layer -Platform linux/arm64 -WorkingDir /app</code>
/// <para>The builder comes back. Its images are of linux/arm64, and commands begin in /app.</para>
/// </example>
/// <example>
/// <para>Build a Dockerfile up to a stage</para>
/// <code test="emulator">Register-RunAiImageBuilder docker -Flavor Docker -Target runtime -BuildArgument @{ VERSION = '3' }</code>
/// <para>The builder comes back. A container engine builds the stage runtime with VERSION 3.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Register, "RunAiImageBuilder", SupportsShouldProcess = true)]
[OutputType(typeof(ImageBuilder))]
public sealed class RegisterImageBuilderCommand : RunAiCommand
{
    /// <summary><para type="description">The name of the image builder.</para></summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    /// <summary><para type="description">Layer, Docker or None.</para></summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ImageWordCompleter))]
    public string Flavor { get; set; } = "";

    /// <summary><para type="description">The folder of the image that the source goes to; /workspace by default.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? WorkingDir { get; set; }

    /// <summary><para type="description">The platform of the images; linux/amd64 by default.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ImageWordCompleter))]
    public string? Platform { get; set; }

    /// <summary><para type="description">For Docker: the Dockerfile, relative to the source folder; Dockerfile by default.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Dockerfile { get; set; }

    /// <summary><para type="description">For Docker: the stage of the Dockerfile to build; the last one by default.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Target { get; set; }

    /// <summary>
    /// <para type="description">For Docker: values for the Dockerfile's ARG instructions, by name. They can be read in the image's history:
    /// no place for secrets.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("BuildArguments")]
    public IDictionary? BuildArgument { get; set; }

    /// <summary>
    /// <para type="description">For Docker: the container engine, such as unix:///run/podman/podman.sock; DOCKER_HOST, else the usual
    /// sockets by default.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Endpoint { get; set; }

    /// <summary><para type="description">Replaces an image builder of the same name.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// <para type="description">User: the image builder is kept in the configuration file, for all sessions. Session: it is kept in this
    /// session (the runspace) alone; nothing of it is on disk. User by default.</para>
    /// </summary>
    [Parameter]
    public RegistrationScope Scope { get; set; }

    /// <inheritdoc/>
    protected override object? CurrentTarget => Name;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var added = new ImageBuilder
        {
            Name = Name,
            Flavor = Flavor,
            WorkingDir = string.IsNullOrEmpty(WorkingDir) ? null : WorkingDir,
            Platform = string.IsNullOrEmpty(Platform) ? null : Platform,
            Dockerfile = string.IsNullOrEmpty(Dockerfile) ? null : Dockerfile,
            Target = string.IsNullOrEmpty(Target) ? null : Target,
            BuildArguments = BuildArgument is null
                ? new Dictionary<string, string>()
                : TextMap.From(PSObjectUnwrapper.Dictionary(BuildArgument)),
            Endpoint = string.IsNullOrEmpty(Endpoint) ? null : Endpoint,
        };
        ConfiguredImageBuilders.Check(added);
        if (ShouldProcess(added.Name, "Register the image builder"))
        {
            WriteObject(
                Await((_, token) => ConfigurationOf(GivenScope(Scope)).ImageBuilders.RegisterAsync(added.Name, added, Force, token)));
        }
    }
}
