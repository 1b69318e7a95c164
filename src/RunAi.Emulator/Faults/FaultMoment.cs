namespace RunAi.Emulator.Faults;

/// <summary>Whether the request takes effect before the fault strikes.</summary>
internal enum FaultMoment
{
    Before,
    After,
}
