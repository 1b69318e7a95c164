namespace RunAi.Emulator.Api.Wire;

/// <summary>Memory in the unit named.</summary>
internal sealed record MemoryQuotaRow(decimal Deserved, string Units);
