namespace RunAi.Emulator.Api.Wire;

/// <summary>Schema ProjectEffective.</summary>
internal sealed record EffectiveRow(IReadOnlyList<string> DefaultNodePools);
