namespace RunAi.Emulator.Recording;

/// <summary>One thing that came about, and the request that caused it when it was one.</summary>
internal sealed record Effect(
    long Sequence, DateTimeOffset At, string Kind, Guid WorkloadId, string Name, string Phase, string? RequestId);
