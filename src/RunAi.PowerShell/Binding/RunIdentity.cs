namespace RunAi.PowerShell.Binding;

/// <summary>
/// Which run is meant: given as a run or workload, or by its id, its workload's name, its run key or its step's name. PowerShell converts
/// each of them. What is of the library converts by operators: the shell reads the constructors of this assembly's types when it imports
/// the module, and would load the library for their parameters.
/// </summary>
public sealed class RunIdentity
{
    /// <summary>Refers to a run by a text.</summary>
    /// <param name="text">The 26 characters of the id, the workload's name or id, the run key, or the step's name.</param>
    public RunIdentity(string text) => RunId = text.Trim();

    /// <summary>Refers to a run that is at hand.</summary>
    /// <param name="run">The run.</param>
    internal RunIdentity(StepRun run)
    {
        RunId = run.RunId;
        Run = run;
    }

    /// <summary>Refers to the run of a workload.</summary>
    /// <param name="workload">The workload.</param>
    internal RunIdentity(Workload workload) => RunId = workload.Name;

    /// <summary>Refers to the run of a pod.</summary>
    /// <param name="pod">The pod.</param>
    internal RunIdentity(WorkloadPod pod) => RunId = pod.WorkloadId;

    /// <summary>Means a run that is at hand.</summary>
    /// <param name="run">The run.</param>
    public static implicit operator RunIdentity(StepRun run) => new(run);

    /// <summary>Means the run of a workload.</summary>
    /// <param name="workload">The workload.</param>
    public static implicit operator RunIdentity(Workload workload) => new(workload);

    /// <summary>Means the run of a pod.</summary>
    /// <param name="pod">The pod.</param>
    public static implicit operator RunIdentity(WorkloadPod pod) => new(pod);

    /// <summary>The run's id; before the run was found, the text that it was given as.</summary>
    internal string RunId { get; }

    /// <summary>The run it was given as or found to be, or null.</summary>
    internal StepRun? Run { get; }

    /// <summary>The run's id, or the text that it was given as.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => RunId;
}
