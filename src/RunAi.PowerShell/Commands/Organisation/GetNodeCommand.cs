using System.Management.Automation;
using RunAi.Operators;
using RunAi.Organisation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the nodes that the step operator's credentials see, with the kind of their GPUs and how many are
/// free.</para>
/// <para type="description">GPUs are numbers of devices; those that are free include portions of devices, and come from the clusters'
/// metrics: where there are none, they are left out. Names, node pool, cluster and one status are filtered by the control plane, which also
/// sorts.</para>
/// </summary>
/// <example>
/// <para>List the nodes of a pool</para>
/// <code test="emulator">Get-RunAiNode -NodePool a100</code>
/// <para>Each node comes back with its status, the kind of its GPUs and how many of them are free.</para>
/// </example>
/// <example>
/// <para>Find out why nodes are not ready</para>
/// <code test="emulator">Get-RunAiNode -Status NotReady, Unknown | Format-List Name, StatusReasons</code>
/// <para>Name and reasons are listed for each node that is not ready or whose state is unknown.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "RunAiNode")]
[OutputType(typeof(Node))]
public sealed class GetNodeCommand : OrganisationCommand
{
    private static readonly Dictionary<string, string> Fields = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Name"] = "name",
        ["Status"] = "status",
        ["NodePool"] = "nodePool",
        ["GpuType"] = "gpuType",
        ["Cluster"] = "clusterUuid",
    };

    /// <summary>
    /// <para type="description">The name, with * and ? as wildcards; all by default. The control plane tells capital letters from small
    /// ones.</para>
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NodeNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary><para type="description">Only nodes of this cluster, by its name or UUID.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(ClusterNameCompleter))]
    public string? Cluster { get; set; }

    /// <summary><para type="description">Only nodes of this node pool, with * and ? as wildcards.</para></summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NodePoolNameCompleter))]
    public string? NodePool { get; set; }

    /// <summary><para type="description">Only nodes in one of these states: Ready, NotReady or Unknown.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(StatusCompleter))]
    public string[] Status { get; set; } = [];

    /// <summary><para type="description">What the control plane sorts by; the name by default.</para></summary>
    [Parameter]
    [ValidateSet("Name", "Status", "NodePool", "GpuType", "Cluster")]
    public string SortBy { get; set; } = "Name";

    private protected override string[] Names => Name;

    private protected override string[] Statuses => Status;

    private protected override IReadOnlyCollection<string> KnownStatuses => OrganisationStatuses.OfNodes;

    private protected override ListFilter Wish => new()
    {
        Cluster = Cluster,
        NodePool = NodePool is null ? null : Pattern(NodePool),
        SortBy = Fields[SortBy],
    };

    private protected override Task<int> ReadAsync(
        StepOperatorConnection connection, ListFilter wish, Func<IEnumerable<object>, Task> write, CancellationToken cancellationToken) =>
        new NodeCatalog(connection).EachAsync(wish, write, cancellationToken);

    private protected override Task<RunAiException> NotFoundAsync(
        StepOperatorConnection connection, string name, CancellationToken cancellationToken) =>
        new NodeCatalog(connection).NotFoundAsync(name, cancellationToken);
}
