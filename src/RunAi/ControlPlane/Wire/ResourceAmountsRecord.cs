namespace RunAi.ControlPlane.Wire;

/// <summary>Amounts of GPU, CPU and memory (<c>QuotaStatusResource</c>).</summary>
internal sealed class ResourceAmountsRecord
{
    public double? Gpu { get; set; }

    public double? Cpu { get; set; }

    public double? Memory { get; set; }
}
