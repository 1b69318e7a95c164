namespace RunAi.Watching;

/// <summary>
/// How a wait stands after a poll: what is waited for still, in detail only when it is one workload, and the first few that wait for their
/// place.
/// </summary>
/// <param name="Count">How many workloads are waited for still.</param>
/// <param name="Only">The workload, when it is the only one left.</param>
/// <param name="Phases">How many are in which phase; an empty phase is that of workloads not seen yet.</param>
internal sealed record WatchStatus(int Count, WatchProgress? Only, IReadOnlyDictionary<string, int> Phases)
{
    /// <summary>The first few that do not run yet, or wait again.</summary>
    public IReadOnlyList<WatchProgress> Waiting { get; init; } = [];
}
