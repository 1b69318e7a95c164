using RunAi.Artifacts;
using RunAi.RunManifest;
using RunAi.Steps;

namespace RunAi.Runs;

/// <summary>
/// What a run under the step runner needs besides the control plane: the artifact store, and who makes artifacts and images.
/// </summary>
internal interface IStepContentProvider
{
    /// <summary>The name the store is registered under.</summary>
    string StoreName { get; }

    IArtifactStore Store { get; }

    /// <summary>The store's folder when it is one, which containers must see at the same path; null for a store behind URLs.</summary>
    string? SharedFolder { get; }

    /// <summary>Where images go, as people read it.</summary>
    string ImageDestination { get; }

    /// <summary>Stores a file or folder under its content's digest; nothing is uploaded that is there.</summary>
    Task<Artifact> PublishAsync(StepInput input, CancellationToken ct);

    /// <summary>What a file or folder would be as an artifact; nothing is stored.</summary>
    Task<ArtifactDescriptor> MeasureAsync(StepInput input, CancellationToken ct);

    /// <summary>
    /// The image that <see cref="BuildImageAsync"/> would give, with nothing stored; null when only building it would tell.
    /// </summary>
    Task<string?> ForeseeImageAsync(Step step, CancellationToken ct);

    /// <summary>
    /// Puts the step's code and the step runner on its base image and stores the result; nothing is uploaded that is there.
    /// </summary>
    /// <returns>The image by digest.</returns>
    Task<string> BuildImageAsync(Step step, CancellationToken ct);
}
