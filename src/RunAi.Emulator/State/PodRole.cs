namespace RunAi.Emulator.State;

/// <summary>What a pod of a distributed training is among the others.</summary>
internal enum PodRole
{
    /// <summary>One of the workers.</summary>
    Worker,

    /// <summary>The first of all, by whose end the training is judged.</summary>
    Master,

    /// <summary>MPI's master, which starts the processes on the workers.</summary>
    Launcher,
}
