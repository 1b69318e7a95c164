using System.Management.Automation;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the sessions of this process with control planes.</para>
/// <para type="description">A session holds a token and what was looked up. It belongs to the process and is shared by all
/// runspaces.</para>
/// </summary>
/// <example>
/// <para>List the sessions</para>
/// <code test="emulator">Get-RunAiSession</code>
/// <para>Each comes back with its control plane, client id and when its token ends.</para>
/// </example>
/// <example>
/// <para>End each of them</para>
/// <code test="emulator">Get-RunAiSession | Disconnect-RunAi</code>
/// <para>Nothing comes back.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "RunAiSession")]
[OutputType(typeof(RunAiSession))]
public sealed class GetSessionCommand : RunAiCommand
{
    /// <inheritdoc/>
    protected override void ProcessInput() =>
        WriteObject(Session.Sessions.List().Select(s => s.ToSnapshot()), enumerateCollection: true);
}
