namespace RunAi;

/// <summary>Why a workload waits or ended as it did, what says so, and what to do about it.</summary>
public sealed class WorkloadDiagnosis
{
    /// <summary>The workload's id.</summary>
    public string WorkloadId { get; set; } = "";

    /// <summary>The workload's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The step operator through which it was seen.</summary>
    public string? StepOperator { get; set; }

    /// <summary>The phase it was in.</summary>
    public string Phase { get; set; } = "";

    /// <summary>Why it waits or ended.</summary>
    public DiagnosisCause Cause { get; set; }

    /// <summary>The cause in a sentence.</summary>
    public string Summary { get; set; } = "";

    /// <summary>The records that say so, the most telling first.</summary>
    public IReadOnlyList<DiagnosisEvidence> Evidence { get; set; } = [];

    /// <summary>What to do: settings to change and commands to type, the best first.</summary>
    public IReadOnlyList<string> Remedy { get; set; } = [];

    /// <summary>True when the same step may well succeed if it is sent again as it is.</summary>
    public bool IsTransient { get; set; }

    /// <summary>True when no node that it may run on can ever hold it, so that waiting is in vain.</summary>
    public bool NeverFits { get; set; }

    /// <summary>The exit code of its command, where one is told.</summary>
    public int? ExitCode { get; set; }

    /// <summary>Which kinds of evidence could not be read, each with the reason.</summary>
    public IReadOnlyList<string> Unread { get; set; } = [];

    /// <summary><see cref="Remedy"/>, one below the other.</summary>
    public string RemedyText => string.Join("\n", Remedy);

    /// <summary><see cref="Evidence"/>, one below the other.</summary>
    public string EvidenceText => string.Join("\n", Evidence);

    /// <summary><see cref="Unread"/>, one below the other.</summary>
    public string UnreadText => string.Join("\n", Unread);

    /// <summary>The cause and its summary.</summary>
    /// <returns>For example <c>ImagePull: The image cannot be pulled: ...</c>.</returns>
    public override string ToString() => $"{Cause}: {Summary}";
}
