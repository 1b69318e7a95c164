namespace RunAi.Emulator.Api.Wire;

/// <summary>Schema Condition1.</summary>
internal sealed record ConditionRow(
    string Type, string Status, string? Reason, string? Message, DateTimeOffset LastTransitionTime);
