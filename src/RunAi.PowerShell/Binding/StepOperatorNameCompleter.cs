namespace RunAi.PowerShell.Binding;

/// <summary>Completes the names of registered step operators.</summary>
public sealed class StepOperatorNameCompleter : RegisteredNameCompleter
{
    private protected override IEnumerable<(string Name, string Tooltip)> Registered(Configuration configuration) =>
        configuration.StepOperators.Get().Select(stepOperator => (stepOperator.Name, stepOperator.ToString()!));
}
