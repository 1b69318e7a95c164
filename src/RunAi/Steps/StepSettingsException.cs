namespace RunAi;

/// <summary>Step settings, a step or a step operator break one or more rules; all of them are listed, one line each.</summary>
public sealed class StepSettingsException : RunAiException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="errorId">
    /// <see cref="ErrorIds.InvalidStepSettings"/>, <see cref="ErrorIds.InvalidStep"/> or <see cref="ErrorIds.InvalidStepOperator"/>.
    /// </param>
    /// <param name="violations">Every violation, at least one.</param>
    public StepSettingsException(string errorId, IReadOnlyList<Violation> violations)
        : base(errorId, string.Join("\n", violations)) => Violations = violations;

    /// <summary>Every violation, in the order of the fields.</summary>
    public IReadOnlyList<Violation> Violations { get; }
}
