using System.Management.Automation;
using RunAi.ControlPlane;
using RunAi.Secrets;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Ends sessions: their tokens, secrets and look-ups are forgotten.</para>
/// <para type="description">Without parameters all sessions of the process end. The next command connects again, and reads the secret
/// anew: after a secret was changed in its vault, this makes the new one count at once.</para>
/// </summary>
/// <example>
/// <para>End all sessions</para>
/// <code test="emulator">Disconnect-RunAi</code>
/// <para>Nothing comes back. The next command asks for a new token.</para>
/// </example>
/// <example>
/// <para>End the sessions that are listed</para>
/// <code test="emulator">Get-RunAiSession | Disconnect-RunAi</code>
/// <para>Nothing comes back.</para>
/// </example>
/// <example>
/// <para>End the session of one step operator</para>
/// <code test="emulator">Get-RunAiStepOperator gpu | Disconnect-RunAi</code>
/// <para>Nothing comes back. Sessions with other control planes stay.</para>
/// </example>
[Cmdlet(VerbsCommunications.Disconnect, "RunAi", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
public sealed class DisconnectCommand : RunAiCommand
{
    /// <summary><para type="description">Only sessions with this control plane.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("RunAiBaseUrl")]
    public string? BaseUrl { get; set; }

    /// <summary><para type="description">Only sessions of this client id; it, or the reference that it was read from.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ClientId { get; set; }

    /// <summary>
    /// <para type="description">Only sessions whose secret this reference leads to, such as {{runai_secret.client_secret}}.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ClientSecret { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var secret = ClientSecret is null ? null : SecretReference.Parse(ClientSecret).ToString();
        foreach (var session in Session.Sessions.List().Where(session => IsMeant(session, secret)))
        {
            if (ShouldProcess(session.Name, "Forget the session"))
            {
                Session.Sessions.Remove(session);
            }
        }
    }

    private bool IsMeant(ControlPlaneSession session, string? secret) =>
        (BaseUrl is null || string.Equals(session.BaseUrl, BaseUrl.TrimEnd('/'), StringComparison.OrdinalIgnoreCase))
        && (ClientId is null || Session.Sessions.IsOf(session, ClientId))
        && (secret is null || session.SecretReference == secret);
}
