namespace RunAi.Emulator.State;

/// <summary>The types of workload the emulator runs, as the document's <c>WorkloadType</c> names them.</summary>
internal enum WorkloadKind
{
    /// <summary>One pod, or several of one kind.</summary>
    Training,

    /// <summary>Workers, and mostly a master, that know of each other.</summary>
    Distributed,
}
