namespace RunAi.Emulator.Api.Wire;

/// <summary>The id and name of a node pool.</summary>
internal sealed record NodePoolRef(string Id, string Name);
