using RunAi.Artifacts;
using RunAi.RunManifest;

namespace RunAi.Runs;

/// <summary>Reads how a run ended from the result that its step runner wrote.</summary>
internal static class RunResults
{
    /// <summary>The result of an attempt; null when there is none.</summary>
    public static async Task<RunResult?> FindAsync(IArtifactStore store, string runId, int attempt, CancellationToken ct)
    {
        var result = await StoredJson.ReadAsync<RunResult>(store, RunKeys.Result(runId, attempt), ct).ConfigureAwait(false);
        return result?.RunId == runId ? result : null;
    }

    /// <summary>Brings a run up to its result: exit code, memory, outputs, and that it succeeded, whatever became of its workload afterwards.</summary>
    public static void Apply(RunResult result, StepRun run, IArtifactStore store)
    {
        run.ExitCode = result.ExitCode ?? run.ExitCode;
        run.PeakMemory = result.PeakMemory > 0 ? result.PeakMemory : null;
        run.State = result.Outcome switch
        {
            RunOutcome.Succeeded => StepRunState.Succeeded,
            RunOutcome.TimedOut => StepRunState.TimedOut,
            _ => run.State is StepRunState.Stopped or StepRunState.Deleted or StepRunState.TimedOut ? run.State : StepRunState.Failed,
        };
        if (result.Outcome == RunOutcome.Succeeded)
        {
            run.Outputs = result.Outputs
                .Select(output => Artifact(output, $"{store.Uri}/{RunKeys.Output(run.RunId, result.Attempt, output.Name)}"))
                .ToDictionary(output => output.Name, StringComparer.OrdinalIgnoreCase);
        }
    }

    private static Artifact Artifact(ArtifactDescriptor output, string uri) => new()
    {
        Name = output.Name,
        Uri = uri,
        Digest = output.Digest,
        Size = output.Size,
        MediaType = output.MediaType,
        FileName = output.FileName,
    };
}
