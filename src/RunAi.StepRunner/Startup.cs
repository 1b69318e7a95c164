using System.Text.Json;
using RunAi.RunManifest;
using RunAi.StepRunner.Execution;
using RunAi.StepRunner.Log;
using RunAi.StepRunner.Replicas;
using RunAi.StepRunner.Reporting;
using RunAi.StepRunner.Store;

namespace RunAi.StepRunner;

/// <summary>From the environment to the run.</summary>
internal static class Startup
{
    public static async Task<int> RunAsync()
    {
        var inherited = Environment.GetEnvironmentVariables();
        CertificateBundle.Choose();
        using var signals = new SignalForwarding();
        try
        {
            var settings = RunnerSettings.Read();
            var (manifest, replica) = ReplicaView.Of(await ReadManifestAsync(settings, signals.Stop), inherited, Environment.MachineName);
            var store = new ObjectStore(manifest.PutHeaders, settings, TimeProvider.System);
            return await new StepRun(manifest, replica, store, settings, signals, inherited, TimeProvider.System).RunAsync();
        }
        catch (RunnerException e)
        {
            RunnerLog.Complain(e.Message);
            return e.ExitCode;
        }
        catch (OperationCanceledException) when (signals.Stop.IsCancellationRequested)
        {
            return ExitCodes.Terminated;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            RunnerLog.Complain($"A fault of the runner: {Reason.Of(e)}: {e}");
            return ExitCodes.Internal;
        }
    }

    private static async Task<Manifest> ReadManifestAsync(RunnerSettings settings, CancellationToken ct)
    {
        var address = Environment.GetEnvironmentVariable(Manifest.AddressVariable);
        if (string.IsNullOrEmpty(address))
        {
            throw new RunnerException(
                ExitCodes.Usage, $"{Manifest.AddressVariable} is not set. It holds the address of the run's manifest.");
        }

        byte[]? json;
        try
        {
            var store = new ObjectStore(new Dictionary<string, string>(), settings, TimeProvider.System);
            json = await store.TryReadAsync(address, ct);
        }
        catch (StoreException e)
        {
            throw new RunnerException(ExitCodes.NoManifest, $"The run's manifest cannot be read. {e.Message}");
        }

        return json is null
            ? throw new RunnerException(
                ExitCodes.NoManifest, $"There is no manifest at {Address.Show(address)}: the run was removed, or the store is another one.")
            : Check(Parse(json));
    }

    private static Manifest? Parse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RunnerJson.Default.Manifest);
        }
        catch (JsonException e)
        {
            throw new RunnerException(
                ExitCodes.BadManifest, $"The run's manifest is not valid: line {e.LineNumber + 1} is not what it should be.");
        }
    }

    private static Manifest Check(Manifest? manifest)
    {
        if (manifest is null)
        {
            throw new RunnerException(ExitCodes.BadManifest, "The run's manifest has no content.");
        }

        if (manifest.Version > Manifest.CurrentVersion)
        {
            throw new RunnerException(
                ExitCodes.BadManifest,
                $"The run's manifest has version {manifest.Version}; this runner understands {Manifest.CurrentVersion}. Build the image "
                + "with the module that submits the run.");
        }

        if (manifest.Command.Length == 0)
        {
            throw new RunnerException(ExitCodes.BadManifest, "The run's manifest names no command.");
        }

        if (manifest.Result.Put is null || manifest.Log.Head.Get is null || manifest.Log.Head.Put is null)
        {
            throw new RunnerException(ExitCodes.BadManifest, "The run's manifest names no place for the log or the result.");
        }

        if (manifest.Replicas.Skip(1)
            .Any(replica => replica.Result?.Put is null || replica.Log?.Head.Get is null || replica.Log.Head.Put is null))
        {
            throw new RunnerException(ExitCodes.BadManifest, "The run's manifest names no place for the log or the result of a replica.");
        }

        foreach (var name in manifest.Inputs.Select(i => i.Name).Concat(manifest.Outputs.Select(o => o.Name))
            .Concat(manifest.Inputs.Select(i => i.FileName)))
        {
            if (name is "." or ".." || name.Contains('/'))
            {
                throw new RunnerException(ExitCodes.BadManifest, $"The run's manifest has the name {name}, which is no name of a file.");
            }
        }

        return manifest;
    }
}
