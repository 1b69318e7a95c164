namespace RunAi.Emulator.Api.Wire;

/// <summary>Schema QuotaStatusResource: GPUs, millicores, MB.</summary>
internal sealed record QuotaUsageRow(decimal Gpu, decimal Cpu, decimal Memory);
