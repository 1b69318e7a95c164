namespace RunAi.RunManifest;

/// <summary>
/// What one replica of a distributed step has of its own. Inputs are all replicas'; outputs and the checkpoint are kept for the first
/// replica of the list alone, whose result is the run's.
/// </summary>
internal sealed class ManifestReplica
{
    /// <summary>What it is called: <c>master</c>, <c>launcher</c>, or <c>worker-0</c>, <c>worker-1</c>, ...</summary>
    public string Name { get; set; } = "";

    /// <summary>Its own program and arguments; null for those of the manifest.</summary>
    public string[]? Command { get; set; }

    /// <summary>Where its log goes; null for the first one, whose log is the manifest's.</summary>
    public ManifestLog? Log { get; set; }

    /// <summary>Where its <see cref="RunResult"/> goes; null for the first one, whose result is the manifest's.</summary>
    public ManifestObject? Result { get; set; }
}
