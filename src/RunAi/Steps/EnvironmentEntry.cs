namespace RunAi.Steps;

/// <summary>
/// One environment variable: a plain value, a reference that the cluster resolves, or the wish to do without one of the policy's.
/// </summary>
/// <param name="Name">The variable's name.</param>
/// <param name="Value">Its value, or null for a reference.</param>
/// <param name="Source">The API's field of the reference: secret, configMap, userCredential or podFieldRef.</param>
/// <param name="SourceName">What is referred to: the object's name, or the path of the pod's field.</param>
/// <param name="Key">The key in the object; null for a pod's field.</param>
internal sealed record EnvironmentEntry(string Name, string? Value, string? Source = null, string? SourceName = null, string? Key = null)
{
    /// <summary>What it is for, shown beside it; null for nothing.</summary>
    public string? Description { get; init; }

    /// <summary>True to take a variable of this name out of what the project's policy adds.</summary>
    public bool Exclude { get; init; }
}
