namespace RunAi.Emulator.Shapes;

/// <summary>The body of POST /api/v1/workload-templates/trainings (schema TrainingTemplateCreationRequest).</summary>
internal static class TemplateShape
{
    public static ObjectShape Request { get; } = Field.Object(
        ("meta", Field.Object(
            ("name", Field.Text(min: 1).NotNull()),
            ("description", Field.Text(min: 1, max: 250)),
            ("scopeType", Field.OneOf("system", "tenant", "cluster", "department", "project").NotNull()),
            ("scopeId", Field.Text())).NotNull().Requiring("name", "scopeType")),
        // A training's, but for the secrets to pull the image with.
        ("spec", Field.Object(
            [.. TrainingShape.Spec.Properties.Where(entry => entry.Key != "imagePullSecrets").Select(entry => (entry.Key, entry.Value))])))
        .NotNull().Requiring("meta");
}
