namespace RunAi.ControlPlane.Wire;

/// <summary>The GPUs of a node (<c>GpuInfo</c>).</summary>
internal sealed class GpuInfoRecord
{
    public string GpuType { get; set; } = "";

    public int GpuCount { get; set; }
}
