namespace RunAi.PowerShell.Binding;

/// <summary>
/// Completes runs by what names one of them: the name of its workload, or its id where that was begun or there is no workload. What was
/// typed may also be the beginning of the step's name.
/// </summary>
public sealed class RunCompleter : RecordedRunCompleter
{
    private protected override string? Word(StepRun run, string typed) =>
        typed.Length > 0 && Completion.Matches(run.RunId, typed) ? run.RunId
        : Completion.Matches(run.WorkloadName, typed) || Completion.Matches(run.StepName, typed)
            ? run.WorkloadName.Length > 0 ? run.WorkloadName : run.RunId
        : null;
}
