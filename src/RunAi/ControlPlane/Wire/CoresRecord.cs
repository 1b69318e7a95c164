namespace RunAi.ControlPlane.Wire;

/// <summary>A request and limit in cores or GPUs (<c>RequestResourceCores</c>).</summary>
internal sealed class CoresRecord
{
    public double? Request { get; set; }

    public double? Limit { get; set; }
}
