namespace RunAi.Emulator.Api.Wire;

/// <summary>Schemas RequestResourceCores (numbers) and RequestResourceQuantity (quantities).</summary>
internal sealed record AmountRow<T>(T Request, T? Limit);
