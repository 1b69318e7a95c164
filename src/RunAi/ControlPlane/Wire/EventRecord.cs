namespace RunAi.ControlPlane.Wire;

/// <summary>A Kubernetes event of a workload (<c>Event2</c>); its id may be absent.</summary>
internal sealed class EventRecord
{
    public string? Id { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    public string Type { get; set; } = "";

    public string Message { get; set; } = "";

    public string? Reason { get; set; }

    public string? Source { get; set; }

    public KubernetesObject? InvolvedObject { get; set; }

    /// <summary>The Kubernetes object an event is about (<c>InvolvedObject</c>).</summary>
    internal sealed class KubernetesObject
    {
        public string Uid { get; set; } = "";

        public string Kind { get; set; } = "";

        public string Name { get; set; } = "";

        public string? Namespace { get; set; }
    }
}
