using System.Management.Automation;
using RunAi.Emulators;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Ends an emulator that this process started, and every workload it runs.</para>
/// </summary>
/// <example><code>Get-RunAiEmulator | Stop-RunAiEmulator</code></example>
/// <example><code>$emulator = Start-RunAiEmulator; $emulator | Stop-RunAiEmulator</code></example>
[Cmdlet(VerbsLifecycle.Stop, "RunAiEmulator", SupportsShouldProcess = true)]
public sealed class StopEmulatorCommand : RunAiCommand
{
    /// <summary><para type="description">The process id of the emulator, or the object Start-RunAiEmulator gave, piped.</para></summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public int ProcessId { get; set; }

    /// <inheritdoc/>
    protected override object? CurrentTarget => ProcessId;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        if (ShouldProcess($"process {ProcessId}", "Stop the emulator")
            && !Await((_, token) => EmulatorRegistry.Default.StopAsync(ProcessId, token)))
        {
            throw new RunAiException(
                ErrorIds.EmulatorFailed,
                $"This process started no emulator {ProcessId} that still runs. Get-RunAiEmulator lists those that do.");
        }
    }
}
