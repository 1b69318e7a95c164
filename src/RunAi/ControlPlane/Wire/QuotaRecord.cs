namespace RunAi.ControlPlane.Wire;

/// <summary>
/// A quota of one resource: GPUs, millicores or memory. A null <see cref="Limit"/> is no limit.
/// </summary>
internal class QuotaRecord
{
    public double? Deserved { get; set; }

    public double? Limit { get; set; }

    public double? OverQuotaWeight { get; set; }
}
