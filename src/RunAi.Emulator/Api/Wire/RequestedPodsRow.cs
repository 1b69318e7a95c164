namespace RunAi.Emulator.Api.Wire;

/// <summary>Schema RequestedPods.</summary>
internal sealed record RequestedPodsRow(int Number, int? Min, int? Max, int? Parallelism, int? Completions);
