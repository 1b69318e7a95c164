using RunAi.Artifacts;
using RunAi.RunManifest;
using RunAi.Steps.Scripts;

namespace RunAi.Runs;

/// <summary>Makes the manifest of an attempt: every address the step runner needs, and no other.</summary>
internal static class ManifestBuilder
{
    /// <summary>The longest that every kind of store signs for.</summary>
    public static readonly TimeSpan LongestValidity = TimeSpan.FromDays(7);

    /// <summary>What the runner may need after the time limit of its workload to send what is left.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>At most 512 MiB of log.</summary>
    private const int LogSegments = 512;

    private const long LogSegmentSize = 1 << 20;

    /// <summary>
    /// The segments of all replicas but the first together, so that the manifest of many replicas stays some MiB; each has some.
    /// </summary>
    private const int ReplicaLogSegments = 4096;

    private const int LeastLogSegments = 16;

    /// <summary>At most 100 GiB for each output and checkpoint.</summary>
    private const int Parts = 200;

    private const long PartSize = 512L << 20;

    private const int CheckpointSlots = 2;

    /// <summary>How long the addresses must be good: as long as the workload may take, else as long as can be.</summary>
    public static TimeSpan Validity(TimeSpan? allowed) =>
        allowed is { } limit && limit + Grace < LongestValidity ? (limit > TimeSpan.Zero ? limit : TimeSpan.Zero) + Grace : LongestValidity;

    /// <summary>The same for a step with two limits, each null for none.</summary>
    public static TimeSpan Validity(TimeSpan? workloadTimeout, TimeSpan? deadline) =>
        Validity(workloadTimeout is null || deadline < workloadTimeout ? deadline : workloadTimeout);

    /// <summary>The earlier of two times, each null for never.</summary>
    public static DateTimeOffset? Earlier(DateTimeOffset? first, DateTimeOffset? other) => other is null || first < other ? first : other;

    public static Manifest Build(StepPlan plan, RunContent content, IAddressSigner signer, DateTimeOffset? deadline)
    {
        var (runId, attempt) = (plan.RunId, plan.Attempt);
        var replicas = plan.Step.Distribution is { } distribution ? ReplicaNames.Of(distribution) : [];
        return new Manifest
        {
            Version = replicas.Count == 0 ? 1 : Manifest.CurrentVersion,
            Framework = plan.Step.Distribution?.Framework,
            Replicas = [.. replicas.Select((name, index) => Replica(name, index, replicas.Count, plan, signer))],
            RunId = runId,
            StepName = plan.Step.Name,
            Attempt = attempt,
            Command = plan.Step.Command,
            Deadline = deadline,
            RunTimeoutSeconds = Shorter(plan.RunTimeout, plan.Guards?.GpuTime)?.TotalSeconds,
            Inputs = [.. content.Inputs.Select(input => Input(input, signer))],
            Outputs = [.. plan.Step.Output.Select(name => Output(name, RunKeys.Output(runId, attempt, name), signer))],
            Log = Log(runId, attempt, null, LogSegments, signer),
            Checkpoint = plan.Step.Checkpoint ? Checkpoint(RunKeys.Checkpoint(runId), signer) : null,
            Result = new ManifestObject { Put = signer.Put(RunKeys.Result(runId, attempt)) },
            PutHeaders = signer.PutHeaders.ToDictionary(header => header.Key, header => header.Value),
        };
    }

    private static TimeSpan? Shorter(TimeSpan? first, TimeSpan? other) => other is null || first < other ? first : other;

    private static ManifestReplica Replica(string name, int index, int count, StepPlan plan, IAddressSigner signer) => index == 0
        ? new ManifestReplica { Name = name, Command = plan.Step.Distribution!.MasterCommand }
        : new ManifestReplica
        {
            Name = name,
            Log = Log(
                plan.RunId, plan.Attempt, name, Math.Max(LeastLogSegments, Math.Min(LogSegments, ReplicaLogSegments / count)), signer),
            Result = new ManifestObject { Put = signer.Put(RunKeys.Result(plan.RunId, plan.Attempt, name)) },
        };

    private static ManifestLog Log(string runId, int attempt, string? replica, int segments, IAddressSigner signer) => new()
    {
        Segments = [.. Enumerable.Range(0, segments).Select(index => signer.Put(RunKeys.LogSegment(runId, attempt, index, replica)))],
        SegmentSize = LogSegmentSize,
        Head = Both(RunKeys.LogHead(runId, attempt, replica), signer),
    };

    private static ManifestInput Input(RunInput input, IAddressSigner signer) => new()
    {
        Name = input.Name,
        MediaType = input.Descriptor.MediaType,
        FileName = input.Descriptor.MediaType == ArtifactDescriptor.FolderMediaType ? "" : input.Descriptor.FileName,
        Digest = input.Descriptor.Digest,
        Size = input.Descriptor.Size,
        Parts =
            [.. input.Descriptor.Parts.Select(part => new ManifestPart { Get = signer.Get($"{input.Key}/{part.Key}"), Size = part.Size })],
    };

    private static ManifestOutput Output(string name, string folder, IAddressSigner signer)
    {
        string[] keys = [.. Enumerable.Range(0, Parts).Select(RunKeys.Number)];
        return new ManifestOutput
        {
            Name = name,
            Always = name == ScriptStep.Result,
            PartKeys = keys,
            Parts = [.. keys.Select(key => signer.Put($"{folder}/{key}"))],
            PartSize = PartSize,
            Descriptor = new ManifestObject { Put = signer.Put($"{folder}/{ArtifactDescriptor.Key}") },
        };
    }

    private static ManifestCheckpoint Checkpoint(string folder, IAddressSigner signer) => new()
    {
        Slots = [.. Enumerable.Range(0, CheckpointSlots).Select(slot => new CheckpointSlot
        {
            Parts = [.. Enumerable.Range(0, Parts).Select(part => Both($"{folder}{slot}/{RunKeys.Number(part)}", signer))],
        })],
        PartSize = PartSize,
        Head = Both(folder + "head.json", signer),
    };

    private static ManifestObject Both(string key, IAddressSigner signer) => new() { Get = signer.Get(key), Put = signer.Put(key) };
}
