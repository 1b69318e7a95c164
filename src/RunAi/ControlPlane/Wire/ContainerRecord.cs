namespace RunAi.ControlPlane.Wire;

/// <summary>A container of a pod (<c>Container1</c>).</summary>
internal sealed class ContainerRecord
{
    public string Name { get; set; } = "";

    public string? Image { get; set; }

    public DateTimeOffset? StartedAt { get; set; }
}
