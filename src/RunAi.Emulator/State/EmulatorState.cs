using System.Text.Json.Nodes;
using RunAi.Emulator.Templates;

namespace RunAi.Emulator.State;

/// <summary>What a state file keeps: workloads, policies, templates and the time that was skipped.</summary>
internal sealed record EmulatorState
{
    public int Version { get; init; } = 1;

    public double SkippedSeconds { get; init; }

    public required IReadOnlyList<Workload> Workloads { get; init; }

    /// <summary>Bodies as PUT /api/v2/policy/trainings takes them.</summary>
    public required IReadOnlyList<JsonObject> Policies { get; init; }

    /// <summary>Bodies as PUT /api/v2/policy/distributed takes them.</summary>
    public IReadOnlyList<JsonObject> DistributedPolicies { get; init; } = [];

    /// <summary>Null in a file of an earlier version.</summary>
    public IReadOnlyList<WorkloadTemplate>? Templates { get; init; }
}
