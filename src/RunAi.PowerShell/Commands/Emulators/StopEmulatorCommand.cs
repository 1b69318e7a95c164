using System.Management.Automation;
using RunAi.Emulators;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Ends an emulator that this process started, and every workload it runs.</para>
/// <para type="description">The emulator's process ends, and with it each process and container that it runs. Run records and artifacts
/// stay.</para>
/// </summary>
/// <example>
/// <para>Stop all emulators</para>
/// <code>Get-RunAiEmulator | Stop-RunAiEmulator</code>
/// <para>Nothing comes back when they have ended.</para>
/// </example>
/// <example>
/// <para>Stop the one that was started</para>
/// <code>$emulator = Start-RunAiEmulator; Stop-RunAiEmulator $emulator</code>
/// <para>Nothing comes back. Sessions that still use its address get RunAi.ControlPlaneUnreachable.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "RunAiEmulator", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
public sealed class StopEmulatorCommand : RunAiCommand
{
    private const string ByObject = "ByObject";
    private const string ByProcessId = "ByProcessId";

    /// <summary><para type="description">The emulator, as Start-RunAiEmulator or Get-RunAiEmulator gave it.</para></summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ByObject)]
    public RunAiEmulator? Emulator { get; set; }

    /// <summary><para type="description">The process id of the emulator.</para></summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = ByProcessId)]
    [InvariantNumber(Whole = true)]
    public int ProcessId { get; set; }

    /// <inheritdoc/>
    protected override object? CurrentTarget => Process;

    private int Process => Emulator?.ProcessId ?? ProcessId;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        if (ShouldProcess($"process {Process}", "Stop the emulator")
            && !Await((_, token) => EmulatorRegistry.Default.StopAsync(Process, token)))
        {
            throw new RunAiException(
                ErrorIds.EmulatorFailed,
                $"This process started no emulator {Process} that still runs. Get-RunAiEmulator lists those that do.")
            {
                Target = Process,
            };
        }
    }
}
