namespace RunAi.Specs;

/// <summary>How a step is started by the step runner.</summary>
/// <param name="Image">The image that holds the step runner.</param>
/// <param name="ManifestAddress">The address of the run's manifest: a pre-signed URL, or a path.</param>
internal sealed record RunnerLaunch(string Image, string ManifestAddress)
{
    /// <summary>A folder of the host that holds the artifact store, to be seen at the same path in the container; null for none.</summary>
    public string? SharedFolder { get; init; }
}
