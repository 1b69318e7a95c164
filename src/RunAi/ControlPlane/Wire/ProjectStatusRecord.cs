namespace RunAi.ControlPlane.Wire;

/// <summary>A project's state (<c>ProjectStatus</c>).</summary>
internal sealed class ProjectStatusRecord
{
    public string? Namespace { get; set; }

    public string Phase { get; set; } = "";

    public string? PhaseMessage { get; set; }

    public QuotaStatusRecord? QuotaStatus { get; set; }

    public IReadOnlyList<NodePoolQuotaStatusRecord> NodePoolQuotaStatuses { get; set; } = [];
}
