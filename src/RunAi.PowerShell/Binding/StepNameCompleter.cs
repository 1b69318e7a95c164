namespace RunAi.PowerShell.Binding;

/// <summary>Completes the names of steps that this machine has recorded runs of, each with its newest run.</summary>
public sealed class StepNameCompleter : RecordedRunCompleter
{
    private protected override string? Word(StepRun run, string typed) => Completion.Matches(run.StepName, typed) ? run.StepName : null;
}
