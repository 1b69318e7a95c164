using RunAi.Artifacts;

namespace RunAi.Runs;

/// <summary>A run whose log and result can be read.</summary>
/// <param name="Run">The run.</param>
/// <param name="Store">Its store.</param>
internal sealed record StoredRun(StepRun Run, IArtifactStore Store);
