namespace RunAi.Steps;

/// <summary>One input of a step: a file or folder here, an artifact, or what is made here.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">The full path of the file or folder; null for an artifact.</param>
/// <param name="Artifact">The artifact; null for a file or folder.</param>
internal sealed record StepInput(string Name, string? Path, Artifact? Artifact)
{
    /// <summary>What is made here; null for any other.</summary>
    public StepContent? Content { get; init; }
}
