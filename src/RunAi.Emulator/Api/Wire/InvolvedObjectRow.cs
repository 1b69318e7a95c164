namespace RunAi.Emulator.Api.Wire;

/// <summary>Schema InvolvedObject.</summary>
internal sealed record InvolvedObjectRow(Guid Uid, string Kind, string Name, string Namespace);
