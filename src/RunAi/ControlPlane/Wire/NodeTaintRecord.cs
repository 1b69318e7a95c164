namespace RunAi.ControlPlane.Wire;

/// <summary>What keeps work off a node that does not tolerate it (<c>NodeTaint</c>).</summary>
internal sealed class NodeTaintRecord
{
    public string Key { get; set; } = "";

    public string? Value { get; set; }

    /// <summary><c>NoSchedule</c>, <c>PreferNoSchedule</c> or <c>NoExecute</c>.</summary>
    public string Effect { get; set; } = "";
}
