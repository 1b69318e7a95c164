namespace RunAi.Emulator.Api.Wire;

/// <summary>Schemas QuotaStatus and, with a node pool, QuotaStatusNodePool.</summary>
internal sealed record QuotaStatusRow(
    QuotaUsageRow Allocated,
    QuotaUsageRow AllocatedNonPreemptible,
    QuotaUsageRow Requested,
    string? NodePoolName = null,
    string? NodePoolId = null);
