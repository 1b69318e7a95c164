namespace RunAi.ControlPlane;

/// <summary>The kinds of trainings: the API has endpoints of its own for each.</summary>
internal enum TrainingKind
{
    /// <summary>One pod, or several of one kind (<c>/workloads/trainings</c>).</summary>
    Standard,

    /// <summary>Workers, and mostly a master, that know of each other (<c>/workloads/distributed</c>).</summary>
    Distributed,
}
