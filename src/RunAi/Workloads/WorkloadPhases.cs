namespace RunAi.Workloads;

/// <summary>The phases of a workload (the <c>Phase</c> enum of the Run:ai API), as text: newer control planes may have more.</summary>
internal static class WorkloadPhases
{
    public const string Creating = "Creating";
    public const string Initializing = "Initializing";
    public const string Resuming = "Resuming";
    public const string Pending = "Pending";
    public const string Deleting = "Deleting";
    public const string Running = "Running";
    public const string Updating = "Updating";
    public const string Stopped = "Stopped";
    public const string Stopping = "Stopping";
    public const string Degraded = "Degraded";
    public const string Failed = "Failed";
    public const string Completed = "Completed";
    public const string Terminating = "Terminating";
    public const string Unknown = "Unknown";

    /// <summary>What the documentation of 2.25 and later calls <see cref="Stopping"/>.</summary>
    internal const string Suspending = "Suspending";

    /// <summary>All phases the API names, in the order of a workload's life.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        Creating, Pending, Initializing, Running, Updating, Degraded, Stopping, Stopped, Resuming, Terminating, Deleting, Failed,
        Completed, Unknown,
    ];

    /// <summary>What a phase means; any text that is none of the above is <see cref="PhaseClass.Unknown"/>.</summary>
    public static PhaseClass Classify(string? phase) => phase switch
    {
        Creating or Initializing or Resuming or Pending or Running or Updating or Degraded => PhaseClass.Active,
        Completed => PhaseClass.Succeeded,
        Failed => PhaseClass.Failed,
        Stopped => PhaseClass.Stopped,
        Stopping or Suspending or Terminating or Deleting => PhaseClass.Terminating,
        _ => PhaseClass.Unknown,
    };

    /// <summary>True while its command runs, in all or some of its pods.</summary>
    public static bool IsRunning(string? phase) => phase is Running or Updating or Degraded;

    /// <summary>True before its command runs: queued, pulling its image, or too new to have a phase.</summary>
    public static bool IsWaitingToRun(string? phase) =>
        phase is null or "" or Creating or Initializing or Resuming or Pending;
}
