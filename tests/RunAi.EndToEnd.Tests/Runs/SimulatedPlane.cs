namespace RunAi.EndToEnd.Tests.Runs;

/// <summary>An emulator that simulates workloads, started when it is first asked for.</summary>
public sealed class SimulatedPlane : IDisposable
{
    private EmulatorClient? _emulator;

    internal async Task<EmulatorClient> EmulatorAsync() => _emulator ??= await EmulatorClient.StartAsync("--executor", "simulate");

    public void Dispose() => _emulator?.Dispose();
}
