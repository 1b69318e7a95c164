using RunAi.Content;

namespace RunAi.Images;

/// <summary>Makes the images that steps run in, with the builder that a stack or command names.</summary>
internal sealed class StepImages
{
    private readonly RegistryTransport _transport;
    private readonly IRegistryCredentials _credentials;
    private readonly RunnerLayer _runner;
    private readonly LayerCache _cache;
    private readonly Func<string, string?> _environment;
    private readonly IActivityLog _log;

    /// <summary>A maker of images.</summary>
    /// <param name="transport">Carries requests to registries.</param>
    /// <param name="credentials">What lets in there.</param>
    /// <param name="runner">The step runner for each platform.</param>
    /// <param name="cache">Keeps layers that were read.</param>
    /// <param name="environment">Reads an environment variable: DOCKER_HOST leads to the container engine.</param>
    /// <param name="log">Told of each request.</param>
    public StepImages(
        RegistryTransport transport,
        IRegistryCredentials credentials,
        StepRunnerFiles runner,
        LayerCache cache,
        Func<string, string?> environment,
        IActivityLog log)
    {
        _transport = transport;
        _credentials = credentials;
        _runner = new RunnerLayer(runner, cache);
        _cache = cache;
        _environment = environment;
        _log = log;
    }

    /// <summary>What a builder makes of a step.</summary>
    /// <param name="builder">The builder, for its working folder and platform.</param>
    /// <param name="registry">Where the image goes.</param>
    /// <param name="source">The full path of the folder with the step's code; null for none.</param>
    /// <param name="baseImage">The image to put it on, as users write it.</param>
    /// <param name="workingDir">The step's own working folder; null for the builder's.</param>
    public static ImageBuildRequest RequestFor(
        ImageBuilder builder, ContainerRegistry registry, string? source, string? baseImage, string? workingDir) =>
        new(source, string.IsNullOrEmpty(baseImage) ? null : ImageLocation.Parse(baseImage!), ImageLocation.Parse(registry.Uri))
        {
            WorkingDir = workingDir ?? builder.WorkingDir,
            Platform = ImagePlatform.Parse(builder.Platform),
        };

    /// <summary>What of a request's source folder is packed, and what is not.</summary>
    /// <exception cref="ImageBuildException"><see cref="ErrorIds.ImageBuildFailed"/>: no such folder, or something in it cannot be
    /// read.</exception>
    public static SourceListing SourceOf(ImageBuilder builder, ImageBuildRequest request)
    {
        var dockerfile = builder.Flavor == ConfiguredImageBuilders.Docker ? builder.Dockerfile ?? SourceFolder.DefaultDockerfile : null;
        return request.Source is { } folder ? SourceFolder.Read(folder, CancellationToken.None, dockerfile) : new SourceListing([], []);
    }

    /// <summary>Builds and stores an image that the step runner is in. Nothing is uploaded that is there already.</summary>
    /// <exception cref="ImageBuildException">It cannot be built or stored, with the reason.</exception>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.InvalidImageBuilder"/>: the builder builds nothing.</exception>
    public async Task<StepImage> BuildAsync(
        ImageBuilder builder, ImageBuildRequest request, Action<ImageProgress> tell, CancellationToken ct)
    {
        ConfiguredImageBuilders.Check(builder);
        if (builder.Flavor == ConfiguredImageBuilders.None)
        {
            throw new ConfigurationException(
                ErrorIds.InvalidImageBuilder,
                $"The image builder '{builder.Name}' has the flavor None, which builds nothing. Name one of another flavor: "
                + "Register-RunAiImageBuilder NAME -Flavor Layer.")
            {
                Target = builder.Name,
            };
        }

        BlobFile.Sweep(Path.GetTempPath(), _transport.Time.GetUtcNow());
        using var hosts = new RegistryHosts(_transport, _credentials, _log);
        var layers = new LayerImageBuilder(hosts, _transport.Options, _runner, _log);
        if (builder.Flavor != ConfiguredImageBuilders.Docker)
        {
            return await layers.BuildAsync(request, tell, ct).ConfigureAwait(false);
        }

        var folder = request.Source ?? throw WithoutFolder(builder);
        if (request.BaseImage is not null)
        {
            throw new ImageBuildException(
                ErrorIds.ImageBuildFailed, $"A Dockerfile names its base image itself, so '{request.BaseImage}' has no place. Leave out "
                    + "-BaseImage, or use the flavor Layer.")
            {
                Target = builder.Name,
            };
        }

        using var built = await new DockerImageBuilder(_credentials, _cache, _environment, _log)
            .BuildAsync(builder, folder, request.Platform, tell, ct).ConfigureAwait(false);
        return await layers.BuildAsync(built, null, digest => digest, request.WithoutSource(), tell, ct).ConfigureAwait(false);
    }

    /// <summary>
    /// The image that <see cref="BuildAsync"/> would give, with nothing stored; null when only a container engine's build would tell.
    /// </summary>
    public async Task<string?> ForeseeAsync(ImageBuilder builder, ImageBuildRequest request, CancellationToken ct)
    {
        if (builder.Flavor != ConfiguredImageBuilders.Layer)
        {
            return null;
        }

        using var hosts = new RegistryHosts(_transport, _credentials, _log);
        return await new LayerImageBuilder(hosts, _transport.Options, _runner, _log).ForeseeAsync(request, ct).ConfigureAwait(false);
    }

    private static ImageBuildException WithoutFolder(ImageBuilder builder) => new(
        ErrorIds.ImageBuildFailed, $"The image builder '{builder.Name}' builds a Dockerfile, and there is no source folder with one. Give "
            + "-Source, or use the flavor Layer.")
    {
        Target = builder.Name,
    };
}
