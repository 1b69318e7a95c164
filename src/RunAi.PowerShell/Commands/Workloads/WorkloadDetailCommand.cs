using System.Management.Automation;
using RunAi.ControlPlane;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>A command that lists what the control plane keeps of a workload, page by page.</summary>
public abstract class WorkloadDetailCommand : WorkloadCommand
{
    /// <summary><para type="description">At most this many; the control plane is asked for no more.</para></summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [InvariantNumber(Whole = true)]
    public int First { get; set; } = int.MaxValue;

    /// <summary>Reads pages and gives on each as the objects that users see.</summary>
    private protected abstract Task ReadAsync(
        ControlPlaneClient client, string workloadId, Func<IEnumerable<object>, Task> write, CancellationToken cancellationToken);

    private protected override void ProcessWorkload(WorkloadIdentity identity) =>
        AwaitConnected(async (connection, context, token) =>
        {
            var id = await connection.WorkloadIdAsync(identity.Id, identity.Text, token).ConfigureAwait(false);
            await ReadAsync(connection.Client, id, Write, token).ConfigureAwait(false);
            return true;

            // The next page waits until the pipeline took this one: Select-Object -First ends the asking.
            Task Write(IEnumerable<object> page) => context.Pump.CallAsync(() => WriteObject(page, enumerateCollection: true));
        });
}
