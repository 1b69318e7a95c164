using RunAi.Emulator.State;

namespace RunAi.Emulator.Api.Wire;

/// <summary>Schema PhaseUpdate.</summary>
internal sealed record PhaseUpdateRow(Phase Phase, string PhaseMessage);
