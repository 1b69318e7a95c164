using RunAi.Runs.Attending;

namespace RunAi.PowerShell.Binding;

/// <summary>
/// Which workload is meant: given as a run, a workload, an id or a name, or as the id, key or step's name of a run. PowerShell converts
/// each of them. What is of the library converts by operators: the shell reads the constructors of this assembly's types when it imports
/// the module, and would load the library for their parameters.
/// </summary>
public sealed class WorkloadIdentity
{
    /// <summary>Refers to a workload by a text.</summary>
    /// <param name="idOrName">A UUID is a workload's id; anything else is a workload's name, or a run's id, key or step.</param>
    public WorkloadIdentity(string idOrName)
    {
        Text = idOrName;
        Id = Guid.TryParse(idOrName, out _) ? idOrName : null;
    }

    /// <summary>Refers to the workload of a run.</summary>
    /// <param name="run">The run.</param>
    internal WorkloadIdentity(StepRun run)
    {
        Text = run.WorkloadName;
        Id = run.WorkloadId;
        Phase = run.Phase;
        Run = run;
    }

    /// <summary>Refers to a workload that was listed.</summary>
    /// <param name="workload">The workload.</param>
    internal WorkloadIdentity(Workload workload)
        : this(workload.Name, workload.WorkloadId, workload.Phase)
    {
    }

    /// <summary>Refers to the workload of a pod.</summary>
    /// <param name="pod">The pod.</param>
    internal WorkloadIdentity(WorkloadPod pod)
        : this(pod.Name, pod.WorkloadId, null)
    {
    }

    /// <summary>Refers to a workload by what is known of it.</summary>
    internal WorkloadIdentity(string text, string? id, string? phase) => (Text, Id, Phase) = (text, id, phase);

    /// <summary>Means the workload of a run.</summary>
    /// <param name="run">The run.</param>
    public static implicit operator WorkloadIdentity(StepRun run) => new(run);

    /// <summary>Means a workload that was listed.</summary>
    /// <param name="workload">The workload.</param>
    public static implicit operator WorkloadIdentity(Workload workload) => new(workload);

    /// <summary>Means the workload of a pod.</summary>
    /// <param name="pod">The pod.</param>
    public static implicit operator WorkloadIdentity(WorkloadPod pod) => new(pod);

    /// <summary>The id, or null when only a name is known.</summary>
    internal string? Id { get; }

    /// <summary>The phase it was last seen in, or null.</summary>
    internal string? Phase { get; }

    /// <summary>The run it was given as or found to be, or null.</summary>
    internal StepRun? Run { get; }

    /// <summary>The id of the run that it stands for and that is yet to be found by its record; null for none.</summary>
    internal string? RunId { get; init; }

    /// <summary>The name of the store that has the run's record; null when it is not known.</summary>
    internal string? ArtifactStore { get; init; }

    /// <summary>What to call it.</summary>
    internal string Text { get; }

    /// <summary>What is meant, as the library takes it.</summary>
    internal AwaitedWorkload Meant => new(Id, Text, Run);

    /// <summary>True when the run or workload is the one that is meant.</summary>
    internal bool RefersTo(object runOrWorkload) => runOrWorkload switch
    {
        StepRun run => Run?.RunId == run.RunId || (Id is not null && Id == run.WorkloadId) || Text == run.WorkloadName,
        Workload workload => Id == workload.WorkloadId || Text == workload.Name,
        _ => false,
    };

    /// <summary>The workload's name, or its id when that is what was given.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Text;
}
