using RunAi.Wording;

namespace RunAi;

/// <summary>Something that the cluster told about a workload or one of its pods (a Kubernetes event).</summary>
public sealed class WorkloadEvent
{
    /// <summary>When it happened, by the server's clock.</summary>
    public DateTimeOffset? Time { get; set; }

    /// <summary><c>Normal</c> or <c>Warning</c>.</summary>
    public string Type { get; set; } = "";

    /// <summary>The reason in one word, for example <c>FailedMount</c>.</summary>
    public string Reason { get; set; } = "";

    /// <summary>What happened, in the cluster's words.</summary>
    public string Message { get; set; } = "";

    /// <summary>The component that told it, for example <c>kubelet</c>.</summary>
    public string? Source { get; set; }

    /// <summary>What it is about: the kind and name of a Kubernetes object, for example <c>Pod/train-0</c>.</summary>
    public string? About { get; set; }

    /// <summary>The workload's id.</summary>
    public string WorkloadId { get; set; } = "";

    /// <summary>The event on one line.</summary>
    /// <returns>The time of day in the zone of this machine, type, reason and message.</returns>
    public override string ToString() => $"{Moments.TimeOfDay(Time)} {Type} {Reason}: {Message}";
}
