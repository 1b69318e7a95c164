using RunAi.Workloads;

namespace RunAi.Watching;

/// <summary>What an outcome leaves on the cluster, in words, with the commands to go on with.</summary>
internal static class LeftoverText
{
    public static string Of(WatchOutcome outcome)
    {
        var name = outcome.Workload.Name;
        var remove = $"Remove-RunAiWorkload {name} deletes it";
        var show = $"Show-RunAiWorkload {name} shows it";
        var resume = $"Resume-RunAiWorkload {name} resumes it";
        return outcome switch
        {
            { Kind: WatchOutcomeKind.Deleted } or { IsDeleted: true, Kind: WatchOutcomeKind.Stopped } =>
                "Nothing of it remains on the cluster. Submit the step again to run it.",
            { IsDeleted: true } => "The control plane accepted to delete it: nothing of it will remain on the cluster.",
            { Problem: { } problem, IsStopped: true } =>
                $"It is being stopped, and then holds no GPU, but could not be deleted ({problem}). It remains: {remove}.",
            { Problem: { } problem, Kind: WatchOutcomeKind.TimedOut } =>
                $"It could not be stopped ({problem}). It remains and may still hold its GPU: "
                + $"Stop-RunAiWorkload {name} stops it, {remove}, {show}.",
            { Problem: { } problem } =>
                $"It could not be deleted ({problem}). It remains: {remove}, {show}.",
            { IsStopped: true, Limit.Name: TimeLimitReader.Room } =>
                $"The control plane accepted to stop (suspend) it. It remains: {show}, {remove}.",
            { IsStopped: true, Kind: WatchOutcomeKind.TimedOut, HasRun: false }
                when WorkloadPhases.IsWaitingToRun(outcome.Workload.Phase) =>
                $"The control plane accepted to stop (suspend) it; it has not run and holds no GPU. It remains: {resume}, "
                + $"{show}, {remove}.",
            { IsStopped: true, Kind: WatchOutcomeKind.TimedOut } =>
                $"The control plane accepted to stop (suspend) it; it gives its GPU back when its pods have ended. It remains: {resume}, "
                + $"{show}, {remove}.",
            { Kind: WatchOutcomeKind.Stopped } => $"It remains without a GPU: {resume}, {show}, {remove}.",
            { Kind: WatchOutcomeKind.Failed } => $"It remains on the cluster without a GPU: {show}, {remove}.",
            _ => $"It remains on the cluster: {show}, {remove}.",
        };
    }
}
