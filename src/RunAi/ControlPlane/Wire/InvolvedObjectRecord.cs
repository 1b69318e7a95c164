namespace RunAi.ControlPlane.Wire;

/// <summary>The Kubernetes object an event is about (<c>InvolvedObject</c>).</summary>
internal sealed class InvolvedObjectRecord
{
    public string Uid { get; set; } = "";

    public string Kind { get; set; } = "";

    public string Name { get; set; } = "";

    public string? Namespace { get; set; }
}
