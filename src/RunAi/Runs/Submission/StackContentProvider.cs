using RunAi.Artifacts;
using RunAi.Images;
using RunAi.RunManifest;
using RunAi.Runs.Attending;
using RunAi.Stacks;
using RunAi.Steps;

namespace RunAi.Runs;

/// <summary>What the components of a stack give a run: its artifact store, its image builder and its container registry.</summary>
internal sealed class StackContentProvider : IStepContentProvider
{
    private readonly RunServices _services;
    private readonly ImageBuilder _builder;
    private readonly ContainerRegistry _registry;
    private readonly ArtifactLibrary _library;
    private readonly IRunObserver _observer;

    /// <param name="services">Makes the images.</param>
    /// <param name="stack">The stack; it is known to have the components.</param>
    /// <param name="store">Its artifact store, opened.</param>
    /// <param name="observer">Is told how the building of an image goes on, and of the image.</param>
    public StackContentProvider(RunServices services, ResolvedStack stack, IArtifactStore store, IRunObserver observer)
    {
        _services = services;
        (_builder, _registry) = (stack.ImageBuilder!, stack.ContainerRegistry!);
        _library = new ArtifactLibrary(store);
        _observer = observer;
        (StoreName, Store, SharedFolder) = (stack.Stack.ArtifactStore!, store, ManifestWriter.FolderOf(store));
    }

    public string StoreName { get; }

    public IArtifactStore Store { get; }

    public string? SharedFolder { get; }

    public string ImageDestination => _registry.Uri;

    public Task<Artifact> PublishAsync(StepInput input, CancellationToken ct) =>
        _library.PublishAsync(SourceOf(input, ct), input.Name, _observer.OnInputProgress, ct);

    public Task<ArtifactDescriptor> MeasureAsync(StepInput input, CancellationToken ct) =>
        ArtifactLibrary.MeasureAsync(SourceOf(input, ct), input.Name, ct);

    public Task<string?> ForeseeImageAsync(Step step, CancellationToken ct) => _services.Images.ForeseeAsync(_builder, RequestOf(step), ct);

    public async Task<string> BuildImageAsync(Step step, CancellationToken ct)
    {
        var image = await _services.Images.BuildAsync(_builder, RequestOf(step), _observer.OnImageProgress, ct).ConfigureAwait(false);
        _observer.OnImageStored(image);
        return image.Reference;
    }

    private ImageBuildRequest RequestOf(Step step) => StepImages.RequestFor(_builder, _registry, step.Source, step.Base, step.WorkingDir);

    private static ArtifactSource SourceOf(StepInput input, CancellationToken ct) =>
        input.Content is { } made ? ArtifactSource.Of(made.FileName, made.Bytes) : ArtifactSource.Of(input.Path!, ct);
}
