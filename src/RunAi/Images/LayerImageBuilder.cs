namespace RunAi.Images;

/// <summary>Builds a step's image without a container engine: the base image as it is, and the source folder as a layer on top.</summary>
internal sealed class LayerImageBuilder
{
    private readonly RegistryHosts _hosts;
    private readonly RegistryOptions _options;

    public LayerImageBuilder(RegistryHosts hosts, RegistryOptions options)
    {
        _hosts = hosts;
        _options = options;
    }

    /// <summary>Builds and stores the image. Nothing is uploaded that is there already.</summary>
    /// <exception cref="ImageBuildException">It cannot be built or stored, with the reason.</exception>
    public async Task<StepImage> BuildAsync(ImageBuildRequest request, Action<ImageProgress> tell, CancellationToken ct)
    {
        var source = _hosts.Open(request.BaseImage);
        var target = _hosts.Open(request.Destination);
        tell(new ImageProgress($"Packing {request.Source}", 0));
        using var code = CodeLayer.Create(request.Source, request.WorkingDir, ct);
        tell(new ImageProgress($"Reading the base image {request.BaseImage}", 10));
        var wanted = request.BaseImage.Digest ?? request.BaseImage.Tag;
        var image = await BaseImage.ReadAsync(source, wanted, request.Platform, ct).ConfigureAwait(false);
        AddedLayer[] added = [code];
        var assembly = ImageAssembly.Build(image, added, request.WorkingDir);

        var push = new ImagePush(source, target, _options, tell);
        await push.RunAsync(image, added, assembly, request.Tag, ct).ConfigureAwait(false);
        return new StepImage
        {
            Reference = request.Destination.WithDigest(assembly.Manifest.Digest),
            Digest = assembly.Manifest.Digest,
            Tag = request.Tag,
            BaseImage = request.BaseImage.WithDigest(image.Manifest.Digest),
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
