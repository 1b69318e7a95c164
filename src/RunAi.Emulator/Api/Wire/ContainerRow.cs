namespace RunAi.Emulator.Api.Wire;

/// <summary>Schema Container1.</summary>
internal sealed record ContainerRow(string Name, string Image, DateTimeOffset? StartedAt);
