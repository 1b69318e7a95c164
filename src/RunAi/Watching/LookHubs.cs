using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using RunAi.ControlPlane;

namespace RunAi.Watching;

/// <summary>The hubs of this process: one for each session and project, whatever runspace asks. A hub lives as long as its session.</summary>
internal static class LookHubs
{
    private static readonly ConditionalWeakTable<ControlPlaneSession, ConcurrentDictionary<string, LookHub>> Sessions = new();

    public static LookHub Of(ControlPlaneSession session, string projectName) => Sessions
        .GetValue(session, static _ => new ConcurrentDictionary<string, LookHub>(StringComparer.Ordinal))
        .GetOrAdd(projectName, _ => new LookHub(session.Transport.Time));
}
