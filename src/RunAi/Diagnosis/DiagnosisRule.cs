namespace RunAi.Diagnosis;

/// <summary>Knows one cause and the evidence that proves it.</summary>
internal abstract class DiagnosisRule
{
    /// <summary>What the evidence proves, or null when it does not prove this rule's cause.</summary>
    public abstract Finding? Examine(DiagnosisInput input);
}
