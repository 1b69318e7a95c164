namespace RunAi.Chaos.Tests.Servers;

/// <summary>One entry of the emulator's log.</summary>
/// <param name="Kind">What came about: created, phaseChanged, stopped, resumed, deleted, gone.</param>
/// <param name="WorkloadId">The workload.</param>
/// <param name="Name">Its name.</param>
internal sealed record EmulatorEffect(string Kind, string WorkloadId, string Name);
