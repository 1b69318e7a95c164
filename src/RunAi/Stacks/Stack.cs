namespace RunAi;

/// <summary>A named set of one step operator and the components around it. One stack is active. It holds names and no secret.</summary>
public sealed class Stack
{
    /// <summary>The name it is registered under: 1 to 63 of <c>A-Z a-z 0-9 . _ -</c>, a letter or digit first. Case is ignored.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>The name of its step operator; null for none.</summary>
    public string? StepOperator { get; internal set; }

    /// <summary>The name of its artifact store; null for none.</summary>
    public string? ArtifactStore { get; internal set; }

    /// <summary>The name of its container registry; null for none.</summary>
    public string? ContainerRegistry { get; internal set; }

    /// <summary>The name of its image builder; null for none.</summary>
    public string? ImageBuilder { get; internal set; }

    /// <summary>True for the stack that is used when none is named.</summary>
    public bool IsActive { get; internal set; }

    /// <summary>The name.</summary>
    /// <returns>For example <c>prod</c>.</returns>
    public override string ToString() => Name;
}
