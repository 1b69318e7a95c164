namespace RunAi.ControlPlane.Wire;

/// <summary>What of a quota is in use (<c>QuotaStatus</c>), of one node pool when that is named (<c>QuotaStatusNodePool</c>).</summary>
internal sealed class QuotaStatusRecord
{
    public string? NodePoolId { get; set; }

    public string? NodePoolName { get; set; }

    public ResourceAmountsRecord? Allocated { get; set; }

    public ResourceAmountsRecord? AllocatedNonPreemptible { get; set; }

    public ResourceAmountsRecord? Requested { get; set; }
}
