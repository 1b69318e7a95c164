using RunAi.Artifacts;

namespace RunAi.Runs;

/// <summary>A place where runs are recorded.</summary>
/// <param name="Store">The artifact store, or the local state folder as one.</param>
/// <param name="Name">The name the store is registered under; null for the local state folder.</param>
internal sealed record RecordStore(IArtifactStore Store, string? Name);
