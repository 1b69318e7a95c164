using RunAi.RunManifest;

namespace RunAi.Runs;

/// <summary>An input of a run: an artifact in the run's store.</summary>
/// <param name="Name">The input's name.</param>
/// <param name="Key">The key of the artifact's folder in the store.</param>
/// <param name="Descriptor">What the artifact is.</param>
internal sealed record RunInput(string Name, string Key, ArtifactDescriptor Descriptor);
