using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;

namespace RunAi.Watching;

/// <summary>How one waiter asks a project for its workloads: with its own credentials, and telling its own log.</summary>
internal interface IWorkloadLister
{
    /// <summary>The server's time, as its last answer told it.</summary>
    DateTimeOffset ServerTime { get; }

    /// <summary>One page of the project's workloads that satisfy all filters, in the order of their creation.</summary>
    Task<Page<WorkloadRecord>> ListAsync(IReadOnlyList<string> filters, int offset, CancellationToken cancellationToken);

    /// <summary>One workload by its id; null when the control plane knows none.</summary>
    Task<WorkloadRecord?> GetAsync(string id, CancellationToken cancellationToken);
}
