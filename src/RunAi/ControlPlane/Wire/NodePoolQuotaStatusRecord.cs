namespace RunAi.ControlPlane.Wire;

/// <summary>What of a project's quota is in use in one node pool (<c>QuotaStatusNodePool</c>).</summary>
internal sealed class NodePoolQuotaStatusRecord : QuotaStatusRecord
{
    public string NodePoolId { get; set; } = "";

    public string NodePoolName { get; set; } = "";
}
