namespace RunAi.ControlPlane.Wire;

/// <summary>A node (<c>Node</c>). It tells how many GPUs there are, not how many are free: that is telemetry.</summary>
internal sealed class NodeRecord
{
    public string? Id { get; set; }

    public string Name { get; set; } = "";

    public string ClusterUuid { get; set; } = "";

    /// <summary><c>Ready</c>, <c>NotReady</c> or <c>Unknown</c>.</summary>
    public string Status { get; set; } = "";

    public string NodePool { get; set; } = "";

    public Gpus? GpuInfo { get; set; }

    public IReadOnlyList<Taint> Taints { get; set; } = [];

    public IReadOnlyList<Condition> Conditions { get; set; } = [];

    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>The GPUs of a node (<c>GpuInfo</c>).</summary>
    internal sealed class Gpus
    {
        public string GpuType { get; set; } = "";

        public int GpuCount { get; set; }
    }

    /// <summary>What keeps work off a node that does not tolerate it (<c>NodeTaint</c>).</summary>
    internal sealed class Taint
    {
        public string Key { get; set; } = "";

        public string? Value { get; set; }

        /// <summary><c>NoSchedule</c>, <c>PreferNoSchedule</c> or <c>NoExecute</c>.</summary>
        public string Effect { get; set; } = "";
    }

    /// <summary>Why a node is not ready (<c>NodeStatusConditionDetails</c>).</summary>
    internal sealed class Condition
    {
        public string Type { get; set; } = "";

        public string? Reason { get; set; }

        public string? Message { get; set; }
    }
}
