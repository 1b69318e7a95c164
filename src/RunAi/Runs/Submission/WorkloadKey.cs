using RunAi.ControlPlane;

namespace RunAi.Runs;

/// <summary>The workload that a submission is to create, by what it is found with.</summary>
/// <param name="WorkloadName">Its exact name.</param>
/// <param name="ProjectId">The project's id.</param>
/// <param name="ProjectName">The project's name.</param>
/// <param name="RunId">The run it belongs to.</param>
internal sealed record WorkloadKey(string WorkloadName, string ProjectId, string ProjectName, string RunId)
{
    /// <summary>The endpoints it is found at.</summary>
    public TrainingKind Kind { get; init; }
}
