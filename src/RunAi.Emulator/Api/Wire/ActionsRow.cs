namespace RunAi.Emulator.Api.Wire;

/// <summary>Schema ActionsSupport.</summary>
internal sealed record ActionsRow(bool Delete, bool Suspend);
