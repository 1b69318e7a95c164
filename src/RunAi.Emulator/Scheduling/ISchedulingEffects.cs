using RunAi.Emulator.State;

namespace RunAi.Emulator.Scheduling;

/// <summary>What the scheduler decides and others carry out.</summary>
internal interface ISchedulingEffects
{
    /// <summary>The workload got these places; they are already taken.</summary>
    void Placed(Workload workload, NodePool pool, IReadOnlyList<Placement> placements);

    /// <summary>The workload has to give up its places for another one.</summary>
    void Evicted(Workload workload, Workload forWhom, string why);

    /// <summary>The workload found no place for the first time.</summary>
    void Blocked(Workload workload, string reason);
}
