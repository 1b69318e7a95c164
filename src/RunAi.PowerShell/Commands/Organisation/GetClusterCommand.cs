using System.Management.Automation;
using RunAi.Operators;
using RunAi.Organisation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the clusters that the step operator's credentials see, with state, versions and free GPUs.</para>
/// <para type="description">The API gives all clusters in one list without filters or pages: choosing and sorting is done here, and the
/// list is remembered for five minutes. GPUs are numbers of devices; those that are free include portions of devices, and come from the
/// clusters' metrics.</para>
/// </summary>
/// <example>
/// <para>List all clusters</para>
/// <code test="emulator">Get-RunAiCluster</code>
/// <para>Each comes back with its name, status, versions and free GPUs.</para>
/// </example>
/// <example>
/// <para>Find the clusters that are in trouble</para>
/// <code test="emulator">Get-RunAiCluster -Status Disconnected, ServiceIssues</code>
/// <para>Only clusters that are disconnected or have service issues come back.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "RunAiCluster")]
[OutputType(typeof(Cluster))]
public sealed class GetClusterCommand : OrganisationCommand
{
    /// <summary><para type="description">The name, with * and ? as wildcards; all by default.</para></summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ClusterNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary><para type="description">Only clusters in one of these states, for example Connected.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(StatusCompleter))]
    public string[] Status { get; set; } = [];

    /// <summary><para type="description">What to sort by; the name by default.</para></summary>
    [Parameter]
    [ValidateSet("Name", "Status", "Version", "CreatedAt")]
    public string SortBy { get; set; } = "Name";

    private protected override string[] Names => Name;

    private protected override string[] Statuses => Status;

    private protected override IReadOnlyCollection<string> KnownStatuses => OrganisationStatuses.OfClusters;

    private protected override ListFilter Wish => new() { SortBy = SortBy };

    private protected override async Task<int> ReadAsync(
        StepOperatorConnection connection, ListFilter wish, Func<IEnumerable<object>, Task> write, CancellationToken cancellationToken)
    {
        var clusters = await new ClusterCatalog(connection).ListAsync(wish, cancellationToken).ConfigureAwait(false);
        await write(clusters).ConfigureAwait(false);
        return clusters.Count;
    }

    private protected override Task<RunAiException> NotFoundAsync(
        StepOperatorConnection connection, string name, CancellationToken cancellationToken) =>
        new ClusterCatalog(connection).NotFoundAsync(name, cancellationToken);
}
