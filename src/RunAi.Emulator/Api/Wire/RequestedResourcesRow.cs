namespace RunAi.Emulator.Api.Wire;

/// <summary>Schemas WorkloadRequestResources and PodRequestResources.</summary>
internal sealed record RequestedResourcesRow
{
    public string? GpuRequestType { get; init; }

    public AmountRow<decimal?>? Gpu { get; init; }

    public AmountRow<string?>? GpuMemory { get; init; }

    public AmountRow<decimal?>? Cpu { get; init; }

    public AmountRow<string?>? CpuMemory { get; init; }
}
