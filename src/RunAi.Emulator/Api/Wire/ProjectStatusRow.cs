namespace RunAi.Emulator.Api.Wire;

/// <summary>Schema ProjectStatus.</summary>
internal sealed record ProjectStatusRow(
    string Namespace,
    string Phase,
    string PhaseMessage,
    IReadOnlyList<QuotaStatusRow> NodePoolQuotaStatuses,
    QuotaStatusRow QuotaStatus);
