using System.Globalization;

namespace RunAi.Runs;

/// <summary>Where the objects of a run lie in the artifact store.</summary>
internal static class RunKeys
{
    public const string Cache = "cache/";

    /// <summary>The records of all runs, and nothing else, so that listing them costs as much as there are entries.</summary>
    public const string Runs = "runs/";

    /// <summary>How the key of an entry ends.</summary>
    public const string RecordEnding = ".json";

    /// <summary>The record of a run.</summary>
    public static string Run(string runId) => $"{Runs}{runId}/";

    /// <summary>Everything else of a run.</summary>
    public static string Data(string runId) => $"data/{runId}/";

    /// <summary>An entry of the run's record, from 0.</summary>
    public static string Record(string runId, int sequence) =>
        Run(runId) + sequence.ToString("0000", CultureInfo.InvariantCulture) + RecordEnding;

    /// <summary>Everything of all attempts.</summary>
    public static string Attempts(string runId) => Data(runId) + "attempts/";

    /// <summary>Everything of an attempt, from 1.</summary>
    public static string Attempt(string runId, int attempt) => Attempts(runId) + attempt.ToString(CultureInfo.InvariantCulture) + "/";

    public static string Manifest(string runId, int attempt) => Attempt(runId, attempt) + "manifest.json";

    /// <summary>What it takes to make the attempt after it.</summary>
    public static string Recipe(string runId, int attempt) => Attempt(runId, attempt) + "recipe.json";

    /// <summary>Everything of the replicas of an attempt but the first, whose objects are the attempt's own.</summary>
    public static string Replicas(string runId, int attempt) => Attempt(runId, attempt) + "replicas/";

    public static string Result(string runId, int attempt, string? replica = null) => Place(runId, attempt, replica) + "result.json";

    public static string LogSegment(string runId, int attempt, int segment, string? replica = null) =>
        Place(runId, attempt, replica) + "log/" + Number(segment);

    public static string LogHead(string runId, int attempt, string? replica = null) => Place(runId, attempt, replica) + "log/head.json";

    /// <summary>The folder of an output's artifact.</summary>
    public static string Output(string runId, int attempt, string name) => Attempt(runId, attempt) + "outputs/" + name;

    /// <summary>The mark that the end of a run with this attempt was told to a target.</summary>
    public static string Notified(string runId, int attempt, string digest) => $"{Attempt(runId, attempt)}notified/{digest}.json";

    /// <summary>The checkpoint, which all attempts share.</summary>
    public static string Checkpoint(string runId) => Data(runId) + "checkpoint/";

    private static string Place(string runId, int attempt, string? replica) =>
        replica is null ? Attempt(runId, attempt) : $"{Replicas(runId, attempt)}{replica}/";

    /// <summary>The key of a part or segment within its folder.</summary>
    public static string Number(int index) => index.ToString("00000", CultureInfo.InvariantCulture);
}
