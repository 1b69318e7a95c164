namespace RunAi.Emulator.Shapes;

/// <summary>The body of POST /api/v1/workloads/trainings (schema TrainingCreationRequest).</summary>
internal static class TrainingShape
{
    /// <summary>The spec alone.</summary>
    public static ObjectShape Spec { get; } = Field.Object(
    [
        .. ContainerFields.Fields,
        .. SchedulingFields.Fields,
        .. ExposureFields.Fields,
        ("compute", ComputeShape.Shape),
        ("security", SecurityShape.Shape),
        ("storage", StorageShape.Shape),
    ]);

    public static ObjectShape Request { get; } = Field.Object(
        ("name", Field.Name.NotNull()),
        ("useGivenNameAsPrefix", Field.Flag.NotNull()),
        ("projectId", Field.Any.NotNull()),
        ("clusterId", Field.Text(format: "uuid").NotNull()),
        ("templateId", Field.Text(format: "uuid")),
        ("spec", Spec)).NotNull().Requiring("name", "projectId", "clusterId");
}
