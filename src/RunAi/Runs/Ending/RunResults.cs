using RunAi.Artifacts;
using RunAi.Redaction;
using RunAi.RunManifest;
using RunAi.Steps.Scripts;

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

    /// <summary>
    /// The result that says how a run ended, and its replicas brought up to theirs: of a distributed run the first replica's if it
    /// succeeded or the run still goes on, else that of the replica that failed first. Null when there is none.
    /// </summary>
    public static async Task<RunResult?> DecidingAsync(IArtifactStore store, StepRun run, CancellationToken ct, bool goesOn = false)
    {
        if (run.Replicas.Length == 0)
        {
            return await FindAsync(store, run.RunId, run.Attempt, ct).ConfigureAwait(false);
        }

        var first = await ReplicaResults.LatestAsync(store, run, null, ct).ConfigureAwait(false);
        var others = await ReplicaResults.ReadAsync(store, run, ct).ConfigureAwait(false);
        ReplicaResults.Apply(run, first, others);
        return goesOn || first?.Outcome == RunOutcome.Succeeded ? first : ReplicaResults.FirstFailure(first, others);
    }

    /// <summary>The run, brought up to the result in its store, and why it did not succeed, if so.</summary>
    /// <exception cref="RunAiException">It has not ended.</exception>
    public static async Task<(StepRun Run, RunAiException? Failure)> ReceiveAsync(StepRun run, IArtifactStore store, CancellationToken ct)
    {
        if (run.IsCached)
        {
            return (run, null);
        }

        var goesOn = run.State is StepRunState.Submitting or StepRunState.Submitted or StepRunState.Running;
        if (await DecidingAsync(store, run, ct, goesOn).ConfigureAwait(false) is not { } result)
        {
            throw new RunAiException(
                goesOn ? ErrorIds.RunNotEnded : ErrorIds.WorkloadFailed,
                $"Run {run.RunId} of step '{run.StepName}' ({run.State}) has no result in {store.Uri}. Wait for its end with: "
                + $"Wait-RunAiWorkload {run.WorkloadName}  and see what it does with: Receive-RunAiStepLog {run.RunId}")
            {
                Target = run.RunId,
            };
        }

        Apply(result, run, store);
        return result.Outcome == RunOutcome.Succeeded
            ? (run, null)
            : (run, new RunAiException(
                ErrorIds.WorkloadFailed,
                $"{RunErrors.Headline(run, result)}\nSee its log with: Receive-RunAiStepLog {run.RunId}")
            {
                Target = run.RunId,
            });
    }

    /// <summary>
    /// Brings a run up to its result: exit code, memory, outputs, and that it succeeded, whatever became of its workload afterwards.
    /// </summary>
    public static void Apply(RunResult result, StepRun run, IArtifactStore store)
    {
        run.ExitCode = (result.Outcome == RunOutcome.TimedOut ? null : result.ExitCode) ?? run.ExitCode;
        run.StartedAt ??= result.ExitCode is not null && result.StartedAt > DateTimeOffset.MinValue ? result.StartedAt : null;
        run.PeakMemory = result.PeakMemory > 0 ? result.PeakMemory : null;
        run.State = result.Outcome switch
        {
            RunOutcome.Succeeded => StepRunState.Succeeded,
            RunOutcome.TimedOut => StepRunState.TimedOut,
            _ => run.State is StepRunState.Stopped or StepRunState.Deleted or StepRunState.TimedOut ? run.State : StepRunState.Failed,
        };
        run.Warnings = [.. result.Warnings.Select(warning => CleanText.Of(warning))];
        var published = result.Outputs.Select(output => Artifact(
            output, $"{store.Uri}/{RunKeys.Output(run.RunId, result.Attempt, output.Name)}")).ToArray();
        run.ScriptResult = published.FirstOrDefault(output => output.Name == ScriptStep.Result);
        if (result.Outcome == RunOutcome.Succeeded)
        {
            run.Outputs = published.Where(output => output != run.ScriptResult).ToDictionary(
                output => output.Name, StringComparer.OrdinalIgnoreCase);
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
