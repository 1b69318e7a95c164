namespace RunAi.Emulator.Api.Wire;

/// <summary>Schema Resources: what a unit may use of one node pool.</summary>
internal sealed record ResourcesRow(NodePoolRef NodePool, QuotaAmountRow Gpu, QuotaAmountRow? Cpu, MemoryQuotaRow? Memory, string Priority);
