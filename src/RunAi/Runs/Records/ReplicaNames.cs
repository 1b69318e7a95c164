using System.Globalization;
using RunAi.Steps;

namespace RunAi.Runs;

/// <summary>
/// The replicas of a distributed step that start the step runner, by name; the one whose result is the run's comes first.
/// </summary>
internal static class ReplicaNames
{
    /// <summary>
    /// The master and all workers there can be. The processes of MPI are started on the workers by the launcher, through whose log and
    /// result they are known.
    /// </summary>
    public static IReadOnlyList<string> Of(StepDistribution distribution)
    {
        if (distribution.Framework == DistributionRules.Mpi)
        {
            return ["launcher"];
        }

        var workers = Enumerable.Range(0, Math.Max(distribution.Workers ?? 0, distribution.MaxReplicas ?? 0))
            .Select(index => "worker-" + index.ToString(CultureInfo.InvariantCulture));
        return [.. distribution.HasMaster ? workers.Prepend("master") : workers];
    }

    /// <summary>The name under which a replica's objects are kept; null for the first, whose are the run's own.</summary>
    public static string? KeyOf(StepRun run, string? name) => run.Replicas.Length > 0 && run.Replicas[0].Name == name ? null : name;
}
