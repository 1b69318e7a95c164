namespace RunAi.Emulator.CommandLine;

/// <summary>How workloads run: really, as child processes or as containers, or by a timetable.</summary>
internal enum ExecutorKind
{
    Process,
    Container,
    Simulate,
}
