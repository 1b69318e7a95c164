namespace RunAi.Runs;

/// <summary>Which step operator the user wants a run to be reached with.</summary>
/// <param name="StepOperator">Its name; null or empty for any that goes to the run's project.</param>
/// <param name="Stack">The stack that is worked with; null or empty for the active one.</param>
internal sealed record OperatorChoice(string? StepOperator, string? Stack);
