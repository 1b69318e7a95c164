using RunAi.Artifacts;
using RunAi.RunManifest;
using RunAi.Runs;
using RunAi.Steps;

namespace RunAi.Tests.Runs;

/// <summary>What steps without inputs need, with an image that is in the registry already.</summary>
/// <param name="name">The name of the store.</param>
/// <param name="store">The store.</param>
/// <param name="folder">Its folder when it is one; null for a store behind URLs.</param>
internal sealed class StoredImageProvider(string name, IArtifactStore store, string? folder) : IStepContentProvider
{
    private const string Image = "registry.example/steps@sha256:1111111111111111111111111111111111111111111111111111111111111111";

    public string StoreName => name;

    public IArtifactStore Store => store;

    public string? SharedFolder => folder;

    public string ImageDestination => "registry.example/steps";

    public Task<Artifact> PublishAsync(StepInput input, CancellationToken ct) =>
        throw new NotSupportedException("These steps have no inputs.");

    public Task<ArtifactDescriptor> MeasureAsync(StepInput input, CancellationToken ct) =>
        throw new NotSupportedException("These steps have no inputs.");

    public Task<string?> ForeseeImageAsync(Step step, CancellationToken ct) => Task.FromResult<string?>(Image);

    public Task<string> BuildImageAsync(Step step, CancellationToken ct) => Task.FromResult(Image);
}
