namespace RunAi.Emulator.Shapes;

/// <summary>
/// The body of POST /api/v1/workloads/distributed (schema DistributedCreationRequest): the spec of a training for each worker, with what
/// concerns them all, and one for the master.
/// </summary>
internal static class DistributedShape
{
    /// <summary>The fields of a training that no replica has.</summary>
    private static readonly string[] OfTrainingsOnly = ["completions", "parallelism"];

    /// <summary>What is told of all replicas; it stands in the workers' spec.</summary>
    private static readonly (string Name, Shape Shape)[] Common =
    [
        ("cleanPodPolicy", Field.OneOf("None", "All", "Running")),
        ("distributedFramework", Field.OneOf("MPI", "PyTorch", "TF", "XGBoost", "JAX")),
        ("maxReplicas", Field.Whole(null)),
        ("minReplicas", Field.Whole(null)),
        ("mpiLauncherCreationPolicy", Field.OneOf("AtStartup", "WaitForWorkersReady")),
        ("numWorkers", Field.Whole(null, min: 1)),
        ("slotsPerWorker", Field.Whole(null, min: 1)),
        ("sshAuthMountPath", Field.Any),
    ];

    /// <summary>The master's spec alone.</summary>
    public static ObjectShape Master { get; } = Field.Object([.. Replica]);

    /// <summary>The workers' spec alone.</summary>
    public static ObjectShape Spec { get; } = Field.Object([.. Replica, .. Common]);

    /// <summary>Both, as policies name them.</summary>
    public static ObjectShape Replicas { get; } = Field.Object(("master", Master), ("worker", Spec));

    public static ObjectShape Request { get; } = new ObjectShape(
        new Dictionary<string, Shape>(TrainingShape.Request.Properties)
        {
            ["spec"] = Spec,
            ["masterSpecSameAsWorker"] = Field.Flag,
            ["masterSpec"] = Master,
        })
    {
        Required = TrainingShape.Request.Required,
    };

    private static IEnumerable<(string Name, Shape Shape)> Replica => TrainingShape.Spec.Properties
        .Where(property => !OfTrainingsOnly.Contains(property.Key))
        .Select(property => (property.Key, property.Value));
}
