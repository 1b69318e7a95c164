using System.Text.Json;
using RunAi.RunManifest;
using RunAi.StepRunner.Log;
using RunAi.StepRunner.Reporting;
using RunAi.StepRunner.Store;

namespace RunAi.StepRunner;

/// <summary>Writes the result: the last object of a run, which makes it ended.</summary>
internal sealed class ResultWriter(ObjectStore store, Manifest manifest, string? replica, TimeProvider time)
{
    /// <summary>That it cannot be stored changes nothing of the exit code, which the control plane sees.</summary>
    public async Task WriteAsync(Ending ending, int start, DateTimeOffset startedAt, int logSegments)
    {
        var result = new RunResult
        {
            RunId = manifest.RunId,
            Replica = replica,
            Attempt = manifest.Attempt,
            Start = start,
            ExitCode = ending.ExitCode,
            Outcome = ending.Outcome!,
            Message = ending.Message,
            StartedAt = startedAt,
            EndedAt = time.GetUtcNow(),
            PeakMemory = ending.PeakMemory,
            LogSegments = logSegments,
            Outputs = ending.Outputs,
            Warnings = [.. ending.Warnings],
        };
        try
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(result, RunnerJson.Default.RunResult);
            await store.WriteAsync(manifest.Result.Put!, json, CancellationToken.None);
        }
        catch (StoreException e)
        {
            RunnerLog.Complain($"The result ({ending.Outcome}, exit code {ending.RunnerCode}) could not be stored: {Reason.Of(e)}.");
        }
    }
}
