namespace RunAi.Emulator.Shapes;

/// <summary>GPU, CPU and memory of a training (spec.compute).</summary>
internal static class ComputeShape
{
    public static ObjectShape Shape { get; } = Field.Object(
        ("cpuCoreLimit", Field.Number(min: 0)),
        ("cpuCoreRequest", Field.Number(min: 0)),
        ("cpuMemoryLimit", Field.Quantity),
        ("cpuMemoryRequest", Field.Quantity),
        ("extendedResources", Field.List(Field.Object(
            ("resource", Field.Name),
            ("quantity", Field.Text(min: 1, pattern: TextShape.QuantityPattern)),
            ("exclude", Field.Flag)))),
        ("gpuDevicesRequest", Field.Whole("int32", min: 0)),
        ("gpuMemoryLimit", Field.Quantity),
        ("gpuMemoryRequest", Field.Quantity),
        ("gpuPortionLimit", Field.Number(min: 0)),
        ("gpuPortionRequest", Field.Number(min: 0)),
        ("gpuRequestType", Field.OneOf("portion", "memory")),
        ("largeShmRequest", Field.Flag));
}
