namespace RunAi.ControlPlane.Wire;

/// <summary>What of a quota is in use (<c>QuotaStatus</c>).</summary>
internal class QuotaStatusRecord
{
    public ResourceAmountsRecord? Allocated { get; set; }

    public ResourceAmountsRecord? AllocatedNonPreemptible { get; set; }

    public ResourceAmountsRecord? Requested { get; set; }
}
