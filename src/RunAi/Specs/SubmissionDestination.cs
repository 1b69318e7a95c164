using RunAi.Workloads;

namespace RunAi.Specs;

/// <summary>Where a step is sent: the facts of its step operator, resolved to the ids the API takes.</summary>
/// <param name="ProjectId">The project's id, digits in a text (<c>projectId</c>).</param>
/// <param name="ClusterId">The UUID of the project's cluster (<c>clusterId</c>).</param>
internal sealed record SubmissionDestination(string ProjectId, string ClusterId)
{
    /// <summary>The secret in the cluster to pull the image with, or null (<c>imagePullSecrets</c>).</summary>
    public string? ImagePullSecretName { get; init; }

    /// <summary>The beginning of the workload's name.</summary>
    public string NamePrefix { get; init; } = WorkloadName.DefaultPrefix;

    /// <summary>Which workload of the run it is, from 1.</summary>
    public int Attempt { get; init; } = 1;
}
