namespace RunAi.Runs;

/// <summary>Finds the step operator that a recorded run is reached with, also where it has another name.</summary>
internal static class RunOperators
{
    /// <summary>The operator of the run's name if it goes to the run's project, else any that does.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.StepOperatorNotFound"/>: none goes there.</exception>
    public static StepOperator For(RunRecord record, IReadOnlyCollection<StepOperator> registered) =>
        registered.Where(stepOperator => Reaches(stepOperator, record))
            .OrderByDescending(stepOperator => string.Equals(stepOperator.Name, record.StepOperator, StringComparison.OrdinalIgnoreCase))
            .FirstOrDefault()
        ?? throw new ConfigurationException(
            ErrorIds.StepOperatorNotFound,
            $"The run {record.RunId} belongs to project '{record.ProjectName}' at {record.RunAiBaseUrl}, and no step operator is "
            + "registered for it. Register one with Register-RunAiStepOperator, or bring the stack with Import-RunAiStack.")
        {
            Target = record.RunId,
        };

    /// <summary>Whether an operator goes to the run's project.</summary>
    public static bool Reaches(StepOperator stepOperator, RunRecord record) =>
        string.Equals(stepOperator.RunAiBaseUrl.TrimEnd('/'), record.RunAiBaseUrl.TrimEnd('/'), StringComparison.OrdinalIgnoreCase)
        && stepOperator.ProjectName == record.ProjectName;
}
