using System.Globalization;
using RunAi.RunManifest;
using RunAi.StepRunner.Checkpoints;
using RunAi.StepRunner.Execution;
using RunAi.StepRunner.Inputs;
using RunAi.StepRunner.Log;
using RunAi.StepRunner.Replicas;
using RunAi.StepRunner.Reporting;
using RunAi.StepRunner.Store;

namespace RunAi.StepRunner;

/// <summary>Brings what the command needs: its inputs, its checkpoint, and the paths to all.</summary>
internal sealed class Preparation(Manifest manifest, string? replica, ObjectStore store, Home home, RunnerLog log)
{
    /// <summary>Where the checkpoint is kept; null for a step without one.</summary>
    public CheckpointStore? Checkpoint { get; } =
        manifest.Checkpoint is { } checkpoint ? new CheckpointStore(store, checkpoint, home) : null;

    /// <summary>The fingerprint of the checkpoint folder as the store has it.</summary>
    public string SavedFingerprint { get; private set; } = FolderFingerprint.Empty;

    /// <exception cref="RunnerException">An input could not be fetched, or whether there is a checkpoint could not be learned.</exception>
    public async Task<CommandLine> PrepareAsync(int start, CancellationToken ct)
    {
        var inputs = new InputFetcher(store, home);
        await Task.WhenAll(inputs.FetchAsync(manifest.Inputs, ct), RestoreAsync(ct));
        var line = new CommandLine();
        foreach (var input in manifest.Inputs)
        {
            line.AddInput(input.Name, inputs.PathOf(input));
        }

        foreach (var output in manifest.Outputs)
        {
            line.AddOutput(output.Name, Path.Combine(home.Outputs, output.Name));
        }

        if (Checkpoint is not null)
        {
            line.AddCheckpoint(home.Checkpoint);
        }

        line.AddVariable("RUNAI_RUN_ID", manifest.RunId);
        line.AddVariable("RUNAI_ATTEMPT", manifest.Attempt.ToString(CultureInfo.InvariantCulture));
        line.AddVariable("RUNAI_START", start.ToString(CultureInfo.InvariantCulture));
        if (replica is not null)
        {
            line.AddVariable(ReplicaView.Variable, replica);
        }

        return line;
    }

    private async Task RestoreAsync(CancellationToken ct)
    {
        if (Checkpoint is null)
        {
            return;
        }

        try
        {
            if (await Checkpoint.RestoreAsync(log.Warn, ct))
            {
                SavedFingerprint = FolderFingerprint.Of(home.Checkpoint);
                log.Inform("The checkpoint of an earlier start was restored.");
            }

            Directory.CreateDirectory(home.Checkpoint);
        }
        catch (Exception e) when (e is StoreException or IOException or UnauthorizedAccessException)
        {
            throw new RunnerException(ExitCodes.InputFailed, $"The checkpoint could not be restored: {Reason.Of(e)}.");
        }
    }
}
