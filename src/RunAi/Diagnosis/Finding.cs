namespace RunAi.Diagnosis;

/// <summary>What a rule found out.</summary>
internal sealed class Finding
{
    public Finding(DiagnosisCause cause, string summary, IEnumerable<DiagnosisEvidence> evidence, params string[] remedy)
    {
        Cause = cause;
        Summary = summary;
        Evidence = [.. evidence];
        Remedy = remedy;
    }

    public DiagnosisCause Cause { get; }

    public string Summary { get; }

    public IReadOnlyList<DiagnosisEvidence> Evidence { get; }

    public IReadOnlyList<string> Remedy { get; }

    /// <summary>No node that it may run on can ever hold it.</summary>
    public bool NeverFits { get; init; }

    /// <summary>The same step may well succeed if it is sent again as it is.</summary>
    public bool IsTransient { get; init; }
}
