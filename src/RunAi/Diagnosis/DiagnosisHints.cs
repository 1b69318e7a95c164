using RunAi.RunManifest;

namespace RunAi.Diagnosis;

/// <summary>What the asker knows beside the control plane: all of it optional.</summary>
internal sealed record DiagnosisHints
{
    public static readonly DiagnosisHints None = new();

    /// <summary>What the step runner wrote at the end of the run.</summary>
    public RunResult? Result { get; init; }

    /// <summary>True when the step runner must have written a result at the end of the run, and there is none.</summary>
    public bool LacksResult { get; init; }

    /// <summary>The last lines of the run's log, oldest first.</summary>
    public IReadOnlyList<string> LastLogLines { get; init; } = [];

    /// <summary>The time limit that ran out, in words; null when none did.</summary>
    public string? RanOut { get; init; }

    /// <summary>True when the time limit that ran out is the one for getting to run.</summary>
    public bool RanOutPending { get; init; }

    /// <summary>True when what ran out is the time that its GPUs may be idle.</summary>
    public bool RanOutIdle { get; init; }

    /// <summary>Who suspended it and when, in words that go on after "was"; null when that is not recorded.</summary>
    public string? SuspendedBy { get; init; }

    /// <summary>When that was, by the server's clock.</summary>
    public DateTimeOffset SuspendedAt { get; init; }

    /// <summary>True when the workload is no longer there.</summary>
    public bool IsGone { get; init; }
}
