namespace RunAi.ControlPlane.Wire;

/// <summary>A quota of memory, in the units it names.</summary>
internal sealed class MemoryQuotaRecord : QuotaRecord
{
    /// <summary><c>Mib</c>, <c>MB</c> or <c>GB</c>.</summary>
    public string? Units { get; set; }
}
