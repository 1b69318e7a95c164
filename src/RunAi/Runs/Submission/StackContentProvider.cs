using RunAi.Artifacts;
using RunAi.RunManifest;
using RunAi.Steps;

namespace RunAi.Runs;

/// <summary>What the components of a stack give a run.</summary>
internal sealed class StackContentProvider : IStepContentProvider
{
    /// <summary>Stores a file or folder.</summary>
    public required Func<StepInput, CancellationToken, Task<Artifact>> Publish { get; init; }

    /// <summary>Makes a step's image and tells its name by digest.</summary>
    public required Func<Step, CancellationToken, Task<string>> BuildImage { get; init; }

    /// <summary>Looks at a file or folder without storing it.</summary>
    public required Func<StepInput, CancellationToken, Task<ArtifactDescriptor>> Measure { get; init; }

    /// <summary>Tells the image's name by digest without storing it.</summary>
    public required Func<Step, CancellationToken, Task<string?>> ForeseeImage { get; init; }

    public required string StoreName { get; init; }

    public required IArtifactStore Store { get; init; }

    public string? SharedFolder { get; init; }

    public required string ImageDestination { get; init; }

    public Task<Artifact> PublishAsync(StepInput input, CancellationToken ct) => Publish(input, ct);

    public Task<ArtifactDescriptor> MeasureAsync(StepInput input, CancellationToken ct) => Measure(input, ct);

    public Task<string?> ForeseeImageAsync(Step step, CancellationToken ct) => ForeseeImage(step, ct);

    public Task<string> BuildImageAsync(Step step, CancellationToken ct) => BuildImage(step, ct);
}
