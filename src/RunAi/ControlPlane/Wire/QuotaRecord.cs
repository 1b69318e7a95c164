namespace RunAi.ControlPlane.Wire;

/// <summary>
/// A quota of one resource: GPUs, millicores or memory. A null <see cref="Limit"/> is no limit.
/// </summary>
internal sealed class QuotaRecord
{
    public double? Deserved { get; set; }

    public double? Limit { get; set; }

    public double? OverQuotaWeight { get; set; }

    /// <summary>Of memory only: <c>Mib</c>, <c>MB</c> or <c>GB</c>.</summary>
    public string? Units { get; set; }
}
