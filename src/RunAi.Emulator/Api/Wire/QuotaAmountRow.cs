namespace RunAi.Emulator.Api.Wire;

/// <summary>GPUs, or millicores of CPU.</summary>
internal sealed record QuotaAmountRow(decimal Deserved, decimal? Limit, decimal? OverQuotaWeight);
