using System.Management.Automation;
using RunAi.Emulators;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the emulators that this process started and that still run.</para>
/// </summary>
/// <example><code>Get-RunAiEmulator</code></example>
/// <example><code>(Get-RunAiEmulator).Uri</code></example>
[Cmdlet(VerbsCommon.Get, "RunAiEmulator")]
[OutputType(typeof(RunAiEmulator))]
public sealed class GetEmulatorCommand : RunAiCommand
{
    /// <inheritdoc/>
    protected override void ProcessInput() => WriteObject(EmulatorRegistry.Default.List(), enumerateCollection: true);
}
