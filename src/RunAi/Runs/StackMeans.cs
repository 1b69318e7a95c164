using RunAi.Artifacts;
using RunAi.Steps;

namespace RunAi.Runs;

/// <summary>What the components of a stack give a run.</summary>
internal sealed class StackMeans : IRunMeans
{
    /// <summary>Stores a file or folder.</summary>
    public required Func<StepInput, CancellationToken, Task<Artifact>> Publish { get; init; }

    /// <summary>Makes a step's image and tells its name by digest.</summary>
    public required Func<Step, CancellationToken, Task<string>> BuildImage { get; init; }

    public required string StoreName { get; init; }

    public required IArtifactStore Store { get; init; }

    public string? SharedFolder { get; init; }

    public required string ImageDestination { get; init; }

    public Task<Artifact> PublishAsync(StepInput input, CancellationToken ct) => Publish(input, ct);

    public Task<string> BuildImageAsync(Step step, CancellationToken ct) => BuildImage(step, ct);
}
