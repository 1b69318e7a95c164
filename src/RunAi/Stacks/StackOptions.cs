namespace RunAi.Stacks;

/// <summary>
/// What a user gives for a stack: for each place the name of a component, or what a new one is made of. Null leaves the place as it is, an
/// empty text empties it.
/// </summary>
internal sealed class StackOptions
{
    /// <summary>A name, or the control plane's URL.</summary>
    public string? StepOperator { get; init; }

    public string? ProjectName { get; init; }

    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    /// <summary>A name, or a URI.</summary>
    public string? ArtifactStore { get; init; }

    public string? ArtifactStoreCredential { get; init; }

    /// <summary>A name, or the place of the images.</summary>
    public string? ContainerRegistry { get; init; }

    public string? ContainerRegistryCredential { get; init; }

    /// <summary>A name, or a flavor.</summary>
    public string? ImageBuilder { get; init; }
}
