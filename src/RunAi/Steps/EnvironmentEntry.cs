namespace RunAi.Steps;

/// <summary>One environment variable: a plain value, or a reference that the cluster resolves.</summary>
/// <param name="Name">The variable's name.</param>
/// <param name="Value">Its value, or null for a reference.</param>
/// <param name="Source">The API's field of the reference: secret, configMap, userCredential or podFieldRef.</param>
/// <param name="SourceName">What is referred to: the object's name, or the path of the pod's field.</param>
/// <param name="Key">The key in the object; null for a pod's field.</param>
internal sealed record EnvironmentEntry(string Name, string? Value, string? Source = null, string? SourceName = null, string? Key = null);
