namespace RunAi.RunManifest;

/// <summary>
/// What the step runner is told of a run: one JSON object (camel case) in the artifact store, whose address is the value of the
/// environment variable <see cref="AddressVariable"/> in the container. An address is a pre-signed URL, or a path for a store that is a
/// shared folder. It holds no credential beyond these addresses, each good for one object of this run.
/// </summary>
/// <remarks>This folder is compiled into the library and into the step runner; it uses nothing of either.</remarks>
internal sealed class Manifest
{
    /// <summary>The environment variable with the address of the manifest.</summary>
    public const string AddressVariable = "RUNAI_MANIFEST";

    /// <summary>The environment variable with the folder for inputs, outputs and checkpoint; <c>/runai</c> when it is not set.</summary>
    public const string HomeVariable = "RUNAI_HOME";

    /// <summary>Where the image holds the step runner.</summary>
    public const string RunnerPath = "/.runai/step-runner";

    /// <summary>2 for a manifest with replicas, which a runner that knows none must not take for its own; 1 for any other.</summary>
    public const int CurrentVersion = 2;

    public int Version { get; set; } = 1;

    public string RunId { get; set; } = "";

    public string StepName { get; set; } = "";

    /// <summary>Which workload of the run this is, from 1. The runner itself counts its starts within it.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>
    /// The program and its arguments; <c>{{inputs.NAME}}</c>, <c>{{outputs.NAME}}</c> and <c>{{checkpoint}}</c> stand for paths.
    /// </summary>
    public string[] Command { get; set; } = [];

    /// <summary>The framework of a distributed step, as the API names it; null for any other.</summary>
    public string? Framework { get; set; }

    /// <summary>The replicas of a distributed step; the result of the first one is the run's. Empty for any other.</summary>
    public ManifestReplica[] Replicas { get; set; } = [];

    /// <summary>When the run must have ended, whoever still watches; null for no limit.</summary>
    public DateTimeOffset? Deadline { get; set; }

    /// <summary>How long the command may run in one start, in seconds; null for no limit.</summary>
    public double? RunTimeoutSeconds { get; set; }

    public ManifestInput[] Inputs { get; set; } = [];

    public ManifestOutput[] Outputs { get; set; } = [];

    public ManifestLog Log { get; set; } = new();

    /// <summary>Where the checkpoint folder is kept; null for a step without one.</summary>
    public ManifestCheckpoint? Checkpoint { get; set; }

    /// <summary>Where <see cref="RunResult"/> goes, last of all: that it is there is what makes a run ended.</summary>
    public ManifestObject Result { get; set; } = new();

    /// <summary>Headers that every PUT needs, such as <c>x-ms-blob-type</c>.</summary>
    public Dictionary<string, string> PutHeaders { get; set; } = [];
}
