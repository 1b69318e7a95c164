using System.Management.Automation;
using RunAi.Artifacts;
using RunAi.PowerShell.Pipeline;

namespace RunAi.PowerShell.Scripts;

/// <summary>
/// What a run's script block gave, fetched from the run's store, and the failure that the block's own error is the cause of.
/// </summary>
internal static class ReceivedScript
{
    /// <summary>Reads what a script block gave; its file is gone when this returns.</summary>
    /// <param name="result">The artifact of the run.</param>
    /// <param name="store">The run's store.</param>
    /// <param name="context">What the work may use of the command.</param>
    /// <param name="onObject">Takes an object, on the pipeline thread.</param>
    /// <param name="onError">Takes an error that did not end the block, on the pipeline thread.</param>
    /// <param name="token">Ends the work.</param>
    /// <returns>The error that ended the block; null for none.</returns>
    public static async Task<ErrorRecord?> ReadAsync(
        Artifact result, IArtifactStore store, CommandContext context, Action<object?> onObject, Action<ErrorRecord> onError,
        CancellationToken token)
    {
        var folder = Path.Combine(Path.GetTempPath(), "runai-" + Path.GetRandomFileName());
        try
        {
            var file = await new ArtifactLibrary(store).SaveAsync(result, folder, force: true, _ => { }, token).ConfigureAwait(false);
            return await context.Pump.CallAsync(() => ScriptResult.Read(file, onObject, onError)).ConfigureAwait(false);
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    /// <summary>The failure of a run, said in the words of the error that ended its script block.</summary>
    public static RunAiException Because(ErrorRecord end, RunAiException failure)
    {
        var error = (ScriptErrorException)end.Exception;
        var lines = failure.Message.Split('\n');
        string?[] said = [Headline(lines[0], error.Message), error.OriginalPosition, error.OriginalScriptStackTrace, .. lines.Skip(1)];
        var message = string.Join("\n", said.Where(line => !string.IsNullOrEmpty(line)));
        return failure is StepRunFailedException { } failed
            ? new StepRunFailedException(failed.ErrorId, message, failed.Workload, failed.Run, error)
            {
                ExitCode = failed.ExitCode,
                Events = failed.Events,
                LastLogLines = failed.LastLogLines,
                Diagnosis = failed.Diagnosis,
                RecommendedAction = failed.RecommendedAction,
            }
            : new RunAiException(failure.ErrorId, message, error) { Target = failure.Target };
    }

    /// <summary>The step and its exit code, and what the block said in the place of what the runner says of any command.</summary>
    private static string Headline(string line, string message)
    {
        var end = line.IndexOf(": The command ended", StringComparison.Ordinal);
        return end > 0 ? $"{line.Substring(0, end)}: {message}" : $"{line}\n{message}";
    }
}
