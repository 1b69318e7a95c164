using RunAi.Emulator.State;

namespace RunAi.Emulator.Api.Wire;

/// <summary>Schema HistoryRecord1.</summary>
internal sealed record HistoryRow(HistoryMetaRow Meta, HistorySpecRow Spec)
{
    public static HistoryRow Of(HistoryRecord record, Workload workload, Project project) => record.Event is { } e
        ? new(new(record.At, "Event"), new(EventRow.Of(e, workload, project), null))
        : new(new(record.At, "PhaseUpdate"), new(null, new(record.Phase!.Value, record.PhaseMessage ?? "")));
}
