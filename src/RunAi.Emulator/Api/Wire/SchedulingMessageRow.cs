namespace RunAi.Emulator.Api.Wire;

/// <summary>Schema PendingSchedulingMessage.</summary>
internal sealed record SchedulingMessageRow(
    string NodePool, string PhaseReason, string Reason, string? OrgType, string? UserMessage);
