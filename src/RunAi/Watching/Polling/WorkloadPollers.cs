using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using RunAi.ControlPlane;

namespace RunAi.Watching;

/// <summary>
/// The pollers of this process: one for each session and project, whatever runspace asks. A poller lives as long as its session.
/// </summary>
internal static class WorkloadPollers
{
    private static readonly ConditionalWeakTable<ControlPlaneSession, ConcurrentDictionary<string, WorkloadPoller>> Sessions = new();

    public static WorkloadPoller Of(ControlPlaneSession session, string projectName) => Sessions
        .GetValue(session, static _ => new ConcurrentDictionary<string, WorkloadPoller>(StringComparer.Ordinal))
        .GetOrAdd(projectName, _ => new WorkloadPoller(session.Transport.Time));
}
