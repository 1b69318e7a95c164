namespace RunAi.Emulator.Api.Wire;

/// <summary>Schema HistoryRecordMeta.</summary>
internal sealed record HistoryMetaRow(DateTimeOffset CreationTimestamp, string Type);
