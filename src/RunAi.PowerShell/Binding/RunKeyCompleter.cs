namespace RunAi.PowerShell.Binding;

/// <summary>Completes the run keys that this machine has recorded.</summary>
public sealed class RunKeyCompleter : RecordedRunCompleter
{
    private protected override string? Word(StepRun run, string typed) =>
        run.RunKey is { } key && Completion.Matches(key, typed) ? key : null;
}
