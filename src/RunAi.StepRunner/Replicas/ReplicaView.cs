using System.Collections;
using RunAi.RunManifest;

namespace RunAi.StepRunner.Replicas;

/// <summary>The manifest of a distributed step as one replica is to see it.</summary>
internal static class ReplicaView
{
    /// <summary>The environment variable by which the command knows which replica it is.</summary>
    public const string Variable = "RUNAI_REPLICA";

    /// <summary>
    /// The manifest with what is this replica's own, and its name; as it is, and null, for a step that is not distributed.
    /// </summary>
    /// <exception cref="RunnerException">It is not known which replica this is, so that it must not write anywhere.</exception>
    public static (Manifest Manifest, string? Name) Of(Manifest manifest, IDictionary environment, string hostName)
    {
        if (manifest.Replicas.Length == 0)
        {
            return (manifest, null);
        }

        string[] known = [.. manifest.Replicas.Select(replica => replica.Name)];
        var name = ReplicaIdentity.Find(manifest.Framework, known, environment, hostName) ?? throw new RunnerException(
            ExitCodes.BadManifest,
            $"Which replica this is cannot be told: neither the variables of {manifest.Framework} nor the host's name ({hostName}) say one "
            + $"of {string.Join(", ", known)}.");
        var index = Array.IndexOf(known, name);
        var own = manifest.Replicas[index];
        manifest.Command = own.Command ?? manifest.Command;
        if (index > 0)
        {
            manifest.Log = own.Log!;
            manifest.Result = own.Result!;
            KeepNothing(manifest);
        }

        return (manifest, name);
    }

    /// <summary>
    /// The first replica's outputs and checkpoint are the run's; the others have the paths, and begin with the same checkpoint.
    /// </summary>
    private static void KeepNothing(Manifest manifest)
    {
        foreach (var output in manifest.Outputs)
        {
            output.Descriptor = new ManifestObject();
        }

        if (manifest.Checkpoint is { } checkpoint)
        {
            checkpoint.Head.Put = null;
        }
    }
}
