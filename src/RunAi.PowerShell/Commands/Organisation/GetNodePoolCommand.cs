using System.Management.Automation;
using RunAi.Operators;
using RunAi.Organisation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the node pools that the step operator's credentials see, with their nodes and free GPUs.</para>
/// <para type="description">GPUs are numbers of devices; those that are free include portions of devices, and come from the clusters'
/// metrics: where there are none, they are left out. Names, cluster and one status are filtered by the control plane, which also
/// sorts.</para>
/// </summary>
/// <example>
/// <para>List all node pools</para>
/// <code test="emulator">Get-RunAiNodePool</code>
/// <para>Each comes back with its status, the number of its nodes, its GPUs and how many of them are free.</para>
/// </example>
/// <example>
/// <para>Find a pool that has room</para>
/// <code test="emulator">Get-RunAiNodePool a100* -Status Ready | Where-Object GpuFree -ge 1</code>
/// <para>The pools whose name begins with a100, that are ready and have a GPU free, come back.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "RunAiNodePool")]
[OutputType(typeof(NodePool))]
public sealed class GetNodePoolCommand : OrganisationCommand
{
    private static readonly Dictionary<string, string> Fields = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Name"] = "name",
        ["Status"] = "phase",
        ["CreatedAt"] = "createdAt",
    };

    /// <summary>
    /// <para type="description">The name, with * and ? as wildcards; all by default. The control plane tells capital letters from small
    /// ones.</para>
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NodePoolNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary><para type="description">Only node pools on this cluster, by its name or UUID.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(ClusterNameCompleter))]
    public string? Cluster { get; set; }

    /// <summary><para type="description">Only node pools in one of these phases, for example Ready or Empty.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(StatusCompleter))]
    public string[] Status { get; set; } = [];

    /// <summary><para type="description">What the control plane sorts by; the name by default.</para></summary>
    [Parameter]
    [ValidateSet("Name", "Status", "CreatedAt")]
    public string SortBy { get; set; } = "Name";

    private protected override string[] Names => Name;

    private protected override string[] Statuses => Status;

    private protected override IReadOnlyCollection<string> KnownStatuses => OrganisationStatuses.OfNodePools;

    private protected override ListFilter Wish => new() { Cluster = Cluster, SortBy = Fields[SortBy] };

    private protected override Task<int> ReadAsync(
        StepOperatorConnection connection, ListFilter wish, Func<IEnumerable<object>, Task> write, CancellationToken cancellationToken) =>
        new NodePoolCatalog(connection).EachAsync(wish, write, cancellationToken);

    private protected override Task<RunAiException> NotFoundAsync(
        StepOperatorConnection connection, string name, CancellationToken cancellationToken) =>
        new NodePoolCatalog(connection).NotFoundAsync(name, cancellationToken);
}
