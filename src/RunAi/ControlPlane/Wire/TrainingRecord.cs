using Newtonsoft.Json.Linq;

namespace RunAi.ControlPlane.Wire;

/// <summary>
/// A training as its own endpoint describes it (<c>Training1</c>, <c>DistributedWorkload</c>), also the answer to its creation.
/// </summary>
internal sealed class TrainingRecord
{
    public string WorkloadId { get; set; } = "";

    public string Name { get; set; } = "";

    public string RequestedName { get; set; } = "";

    public string ProjectId { get; set; } = "";

    public string ClusterId { get; set; } = "";

    public string? CreatedBy { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    public string DesiredPhase { get; set; } = "";

    /// <summary>Absent right after creation.</summary>
    public string? ActualPhase { get; set; }

    /// <summary>The specification in force, with the policy's defaults; of a distributed training the workers'.</summary>
    public JObject? Spec { get; set; }
}
