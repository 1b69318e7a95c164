using System.Management.Automation;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Connects to the control plane of a step operator and returns the session.</para>
/// <para type="description">
/// Commands connect by themselves; this shows at once whether the credentials are good, and spares the first command the time. The
/// session is shared by all runspaces of the process.
/// </para>
/// </summary>
/// <example>
/// <para>Try the credentials of the active stack</para>
/// <code test="emulator">Connect-RunAi</code>
/// <para>The session comes back with the control plane, the user and when its token ends.</para>
/// </example>
/// <example>
/// <para>Connect through a step operator that is named</para>
/// <code test="emulator">Connect-RunAi -StepOperator gpu</code>
/// <para>The session comes back. Later commands through the same operator use it.</para>
/// </example>
[Cmdlet(VerbsCommunications.Connect, "RunAi")]
[OutputType(typeof(RunAiSession))]
public sealed class ConnectCommand : OperatorCommand
{
    /// <inheritdoc/>
    protected override void ProcessInput() => WriteObject(AwaitConnected(async (connection, _, token) =>
    {
        await connection.Client.ConnectAsync(token).ConfigureAwait(false);
        return connection.Client.Session.ToSnapshot();
    }));
}
