using System.Management.Automation;
using RunAi.Emulators;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the emulators that this process started and that still run.</para>
/// <para type="description">Emulators of other processes are not listed, and one that has ended is not either.</para>
/// </summary>
/// <example>
/// <para>List the running emulators</para>
/// <code test="emulator">Get-RunAiEmulator</code>
/// <para>Each comes back with its address, process id and client id, or nothing when none runs.</para>
/// </example>
/// <example>
/// <para>Read the address of the emulator</para>
/// <code test="emulator">(Get-RunAiEmulator).Uri</code>
/// <para>The base URL comes back, for -RunAiBaseUrl of Register-RunAiStepOperator.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "RunAiEmulator")]
[OutputType(typeof(RunAiEmulator))]
public sealed class GetEmulatorCommand : RunAiCommand
{
    /// <inheritdoc/>
    protected override void ProcessInput() => WriteObject(EmulatorRegistry.Default.List(), enumerateCollection: true);
}
