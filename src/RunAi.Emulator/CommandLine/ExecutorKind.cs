namespace RunAi.Emulator.CommandLine;

/// <summary>How workloads run: by a timetable, or really, as child processes.</summary>
internal enum ExecutorKind
{
    Process,
    Simulate,
}
