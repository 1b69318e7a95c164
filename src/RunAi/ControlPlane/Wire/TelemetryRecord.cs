namespace RunAi.ControlPlane.Wire;

/// <summary>One number for each group (<c>TelemetryResponse</c>).</summary>
internal sealed class TelemetryRecord
{
    public string Type { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public IReadOnlyList<GroupedValue> Values { get; set; } = [];

    /// <summary>A number, written as text, and the groups it belongs to.</summary>
    internal sealed class GroupedValue
    {
        public string Value { get; set; } = "";

        public IReadOnlyList<Group> Groups { get; set; } = [];
    }

    /// <summary>By what telemetry was grouped, and which group it is: its id or name in <see cref="Value"/>.</summary>
    internal sealed class Group
    {
        public string Key { get; set; } = "";

        public string Value { get; set; } = "";

        public string? Name { get; set; }
    }
}
