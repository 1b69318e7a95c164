using System.Management.Automation;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the sessions of this process with control planes.</para>
/// </summary>
/// <example><code>Get-RunAiSession</code></example>
/// <example><code>Get-RunAiSession | Disconnect-RunAi</code></example>
[Cmdlet(VerbsCommon.Get, "RunAiSession")]
[OutputType(typeof(RunAiSession))]
public sealed class GetSessionCommand : RunAiCommand
{
    /// <inheritdoc/>
    protected override void ProcessInput() =>
        WriteObject(Session.Sessions.List().Select(s => s.ToSnapshot()), enumerateCollection: true);
}
