using RunAi.Emulator.CommandLine;
using RunAi.Emulator.Shapes;

namespace RunAi.Emulator.Policies;

/// <summary>What a kind of policies governs.</summary>
/// <param name="Governed">The fields that have defaults and rules: a training's spec, or the specs of a distributed training's master and
/// workers.</param>
/// <param name="Request">The body of PUT.</param>
internal sealed record PolicyKind(ObjectShape Governed, ObjectShape Request)
{
    /// <summary>/api/v2/policy/trainings.</summary>
    public static PolicyKind Trainings { get; } = new(TrainingShape.Spec, PolicyShape.Request);

    /// <summary>/api/v2/policy/distributed.</summary>
    public static PolicyKind Distributed { get; } = new(DistributedShape.Replicas, PolicyShape.Distributed);

    /// <summary>The kind as a version of the API has it.</summary>
    public PolicyKind In(ApiVersion version) =>
        version >= ApiVersion.BlockedFields ? this with { Request = PolicyShape.Blocking(Request) } : this;
}
