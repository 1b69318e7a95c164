namespace RunAi.Emulator.Api.Wire;

/// <summary>Schema RequestedPods.</summary>
internal sealed record RequestedPodsRow(int Number, int? Parallelism, int? Completions);
