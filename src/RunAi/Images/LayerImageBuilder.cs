using RunAi.Content;

namespace RunAi.Images;

/// <summary>
/// Builds a step's image without a container engine: the base image as it is, the step runner as a layer on top, and the source folder,
/// if there is one, as another.
/// </summary>
internal sealed class LayerImageBuilder
{
    private readonly RegistryHosts _hosts;
    private readonly RegistryOptions _options;
    private readonly RunnerLayer _runner;
    private readonly IActivityLog _log;

    public LayerImageBuilder(RegistryHosts hosts, RegistryOptions options, RunnerLayer runner, IActivityLog log)
    {
        _log = log;
        _hosts = hosts;
        _options = options;
        _runner = runner;
    }

    /// <summary>The image by the digest it would have, with nothing stored.</summary>
    /// <exception cref="ImageBuildException">It cannot be built, with the reason.</exception>
    public async Task<string> ForeseeAsync(ImageBuildRequest request, CancellationToken ct)
    {
        var location = BaseOf(request);
        var image = location.IsScratch
            ? BaseImage.Scratch(request.Platform)
            : await BaseImage.ReadAsync(_hosts.Open(location), location.Digest ?? location.Tag, request.Platform, ct).ConfigureAwait(false);
        var workingDir = WorkingDirOf(request);
        using var runner = _runner.Create(request.Platform, ct);
        using var code = CodeOf(SourceOf(request, SilentLog.Instance, ct), workingDir, ct);
        return request.Destination.WithDigest(
            ImageAssembly.Build(image, code is null ? [runner] : [runner, code], workingDir).Manifest.Digest);
    }

    /// <summary>Builds and stores the image. Nothing is uploaded that is there already.</summary>
    /// <exception cref="ImageBuildException">It cannot be built or stored, with the reason.</exception>
    public Task<StepImage> BuildAsync(ImageBuildRequest request, Action<ImageProgress> tell, CancellationToken ct)
    {
        var location = BaseOf(request);
        return location.IsScratch
            ? BuildAsync(
                _hosts.Open(request.Destination), _ => Task.FromResult(BaseImage.Scratch(request.Platform)), _ => ImageLocation.Scratch,
                request, tell, ct)
            : BuildAsync(_hosts.Open(location), location.Digest ?? location.Tag, location.WithDigest, request, tell, ct);
    }

    /// <summary>Puts the layers on an image of a place that is open.</summary>
    /// <param name="source">The place.</param>
    /// <param name="wanted">The image's tag or digest there; null for the only one.</param>
    /// <param name="nameOf">What the base image is called, given its digest.</param>
    /// <param name="request">What to build.</param>
    /// <param name="tell">Told how far it is.</param>
    /// <param name="ct">Ends the work.</param>
    public Task<StepImage> BuildAsync(
        IImageRepository source, string? wanted, Func<string, string> nameOf, ImageBuildRequest request, Action<ImageProgress> tell,
        CancellationToken ct)
    {
        return BuildAsync(source, ReadAsync, nameOf, request, tell, ct);

        Task<BaseImage> ReadAsync(CancellationToken token)
        {
            tell(new ImageProgress("Reading the base image of " + source.Name, 10));
            return BaseImage.ReadAsync(source, wanted, request.Platform, token);
        }
    }

    private static ImageLocation BaseOf(ImageBuildRequest request) => request.BaseImage ?? throw new ImageBuildException(
        ErrorIds.InvalidImageReference, "Name the image to put the step on with -BaseImage, such as python:3.12-slim.");

    private static string? WorkingDirOf(ImageBuildRequest request) =>
        request.Source is null && request.WorkingDir is null ? null : WorkingFolder.Normalise(request.WorkingDir);

    /// <param name="request">What is built.</param>
    /// <param name="log">Is told what is packed and left out.</param>
    /// <param name="ct">Ends the work.</param>
    private static SourceListing? SourceOf(ImageBuildRequest request, IActivityLog log, CancellationToken ct)
    {
        if (request.Source is not { } folder)
        {
            return null;
        }

        var source = SourceFolder.Read(folder, ct);
        source.Report(folder, log);
        return source;
    }

    /// <param name="source">What is packed; null for nothing.</param>
    /// <param name="workingDir">Where the code goes in the image.</param>
    /// <param name="ct">Ends the work.</param>
    private AddedLayer? CodeOf(SourceListing? source, string? workingDir, CancellationToken ct) =>
        source is null ? null : CodeLayer.Create(source, workingDir!, _runner.Cache, ct);

    /// <summary>Packs the code while the base image is on its way.</summary>
    private async Task<(BaseImage Image, AddedLayer? Code)> ReadAndPackAsync(
        Func<CancellationToken, Task<BaseImage>> read, SourceListing? source, string? workingDir, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var reading = read(stop.Token);
        AddedLayer? code;
        try
        {
            code = CodeOf(source, workingDir, ct);
        }
        catch
        {
            stop.Cancel();
            await Task.WhenAny(reading).ConfigureAwait(false);
            throw;
        }

        try
        {
            return (await reading.ConfigureAwait(false), code);
        }
        catch
        {
            code?.Dispose();
            throw;
        }
    }

    private async Task<StepImage> BuildAsync(
        IImageRepository source,
        Func<CancellationToken, Task<BaseImage>> read,
        Func<string, string> nameOf,
        ImageBuildRequest request,
        Action<ImageProgress> tell,
        CancellationToken ct)
    {
        var target = _hosts.Open(request.Destination);
        var workingDir = WorkingDirOf(request);
        tell(new ImageProgress($"Packing {request.Source ?? "the step runner"}", 0));
        using var runner = _runner.Create(request.Platform, ct);
        var listing = SourceOf(request, _log, ct);
        var (image, code) = await ReadAndPackAsync(read, listing, workingDir, ct).ConfigureAwait(false);
        using var packed = code;
        AddedLayer[] added = code is null ? [runner] : [runner, code];
        var assembly = ImageAssembly.Build(image, added, workingDir);

        var push = new ImagePush(source, target, _options, tell);
        await push.RunAsync(image, added, assembly, request.Tag, ct).ConfigureAwait(false);
        return new StepImage
        {
            Reference = request.Destination.WithDigest(assembly.Manifest.Digest),
            Digest = assembly.Manifest.Digest,
            Tag = request.Tag,
            BaseImage = nameOf(image.Manifest.Digest),
            Size = image.Layers.Sum(l => l.Size) + added.Sum(l => l.Blob.Descriptor.Size) + assembly.ConfigDescriptor.Size,
            Uploaded = push.Uploaded,
            Layers =
            [
                .. image.Layers.Select(l => new ImageLayer("Base", l.Digest, l.Size)),
                .. added.Select(l => new ImageLayer(l.Origin, l.Blob.Descriptor.Digest, l.Blob.Descriptor.Size)),
            ],
        };
    }
}
