using RunAi.ControlPlane;
using RunAi.Operators;
using RunAi.Watching;

namespace RunAi.Runs;

/// <summary>What work on the runs of one step operator goes through and by.</summary>
/// <param name="Connection">The step operator's.</param>
/// <param name="Time">The clock to wait by.</param>
/// <param name="Journal">Where runs are recorded.</param>
/// <param name="Owners">Tells which other submissions are at work.</param>
/// <param name="Log">Gets what goes wrong without ending anything, and each retry with its reason.</param>
internal sealed record RunContext(
    StepOperatorConnection Connection, TimeProvider Time, RunJournal Journal, RunOwners Owners, IActivityLog Log)
{
    /// <summary>Tells of the ends of runs; null for nobody.</summary>
    public RunNotifier? Notifier { get; init; }

    /// <summary>Gets how a wait before a run's own stands, such as for a suspended workload to go on; null for nobody.</summary>
    public Action<WatchStatus>? Waiting { get; init; }

    /// <summary>The step operator.</summary>
    public StepOperator Operator => Connection.Operator;

    /// <summary>Its control plane.</summary>
    public ControlPlaneClient Client => Connection.Client;

    /// <summary>For work that neither records a run nor submits one.</summary>
    public static RunContext WithoutRecord(StepOperatorConnection connection, TimeProvider time, IActivityLog log) =>
        new(connection, time, new RunJournal([], time, log), new RunOwners(""), log);
}
