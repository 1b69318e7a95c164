using System.Management.Automation;
using RunAi.ControlPlane;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Ends sessions: their tokens, secrets and look-ups are forgotten.</para>
/// <para type="description">Without parameters all sessions of the process end. The next command connects again.</para>
/// </summary>
/// <example><code>Disconnect-RunAi</code></example>
/// <example><code>Get-RunAiSession | Disconnect-RunAi</code></example>
[Cmdlet(VerbsCommunications.Disconnect, "RunAi", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
public sealed class DisconnectCommand : RunAiCommand
{
    /// <summary><para type="description">Only sessions with this control plane.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? BaseUrl { get; set; }

    /// <summary><para type="description">Only sessions of this client id.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ClientId { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        foreach (var session in Session.Sessions.List().Where(IsMeant))
        {
            if (ShouldProcess(session.Name, "Forget the session"))
            {
                Session.Sessions.Remove(session.BaseUrl, session.ClientId);
            }
        }
    }

    private bool IsMeant(ControlPlaneSession session) =>
        (BaseUrl is null || string.Equals(session.BaseUrl, BaseUrl.TrimEnd('/'), StringComparison.OrdinalIgnoreCase))
        && (ClientId is null || session.ClientId == ClientId);
}
