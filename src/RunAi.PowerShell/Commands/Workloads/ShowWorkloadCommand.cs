using System.Management.Automation;
using RunAi.Operators;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Opens a workload in the control plane's user interface.</para>
/// <para type="description">The browser of the desktop is opened. Without one, -PassThru gives the address to open elsewhere.</para>
/// </summary>
/// <example>
/// <para>Open a workload in the browser</para>
/// <code>Show-RunAiWorkload runai-train-4g7c2h9k</code>
/// <para>Nothing comes back.</para>
/// </example>
/// <example>
/// <para>Get the address as well</para>
/// <code>$run | Show-RunAiWorkload -PassThru</code>
/// <para>The address of the page comes back.</para>
/// </example>
[Cmdlet(VerbsCommon.Show, "RunAiWorkload")]
[OutputType(typeof(string))]
public sealed class ShowWorkloadCommand : WorkloadCommand
{
    /// <summary><para type="description">Gives the URL and opens no browser.</para></summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void ProcessWorkload(WorkloadIdentity identity)
    {
        var url = AwaitConnected(async (connection, _, token) =>
        {
            var id = await connection.WorkloadIdAsync(identity.Id, identity.Text, token).ConfigureAwait(false);
            return (await new WorkloadCatalog(connection).GetAsync(id, token).ConfigureAwait(false)).Url!;
        });
        if (PassThru)
        {
            WriteObject(url);
            return;
        }

        DesktopBrowser.Open(url, "The workload is shown at");
    }
}
