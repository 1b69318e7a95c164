namespace RunAi.Steps;

/// <summary>The labels by which a workload tells which run it is.</summary>
internal static class RunLabels
{
    /// <summary>The prefix kept for these labels; a step may not use it.</summary>
    public const string Prefix = "runai-step-operator/";

    /// <summary>Holds the full run id.</summary>
    public const string RunId = Prefix + "run-id";

    /// <summary>Holds the version of this library.</summary>
    public const string Version = Prefix + "version";

    /// <summary>The version of this library, for example <c>0.1.0</c>.</summary>
    public static readonly string LibraryVersion = typeof(RunLabels).Assembly.GetName().Version!.ToString(3);
}
