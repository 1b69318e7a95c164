using RunAi.Artifacts;

namespace RunAi.Runs;

/// <summary>A run that was found by its record.</summary>
/// <param name="Record">Its last entry.</param>
/// <param name="StoreName">The name of its store; null for a run without the step runner.</param>
/// <param name="Store">That store.</param>
/// <param name="Journal">Where its entries go.</param>
/// <param name="Places">The stores that hold its objects and entries.</param>
internal sealed record RecordedRun(
    RunRecord Record, string? StoreName, IArtifactStore? Store, RunJournal Journal, IReadOnlyList<IArtifactStore> Places)
{
    /// <summary>The run as its record has it.</summary>
    public StepRun Run => Record.ToRun(StoreName);
}
