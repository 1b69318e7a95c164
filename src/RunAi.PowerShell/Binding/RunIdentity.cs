namespace RunAi.PowerShell.Binding;

/// <summary>Which run is meant: given as a run, or by its id. PowerShell converts each of them.</summary>
public sealed class RunIdentity
{
    /// <summary>Means a run by its id.</summary>
    /// <param name="runId">The 26 characters of the id.</param>
    public RunIdentity(string runId) => RunId = runId.Trim();

    /// <summary>Means a run that is at hand.</summary>
    /// <param name="run">The run.</param>
    public RunIdentity(StepRun run)
    {
        RunId = run.RunId;
        Run = run;
    }

    /// <summary>The run's id.</summary>
    internal string RunId { get; }

    /// <summary>The run it was given as, or null.</summary>
    internal StepRun? Run { get; }

    /// <summary>The run's id.</summary>
    /// <returns>The 26 characters.</returns>
    public override string ToString() => RunId;
}
