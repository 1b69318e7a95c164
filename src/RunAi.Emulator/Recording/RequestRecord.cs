using System.Text.Json;

namespace RunAi.Emulator.Recording;

/// <summary>One request as it was answered. The body is kept for creates only, never for tokens.</summary>
internal sealed record RequestRecord(
    long Sequence,
    DateTimeOffset At,
    string RequestId,
    string Method,
    string Path,
    string Query,
    int Status,
    string? Fault,
    JsonElement? Body);
