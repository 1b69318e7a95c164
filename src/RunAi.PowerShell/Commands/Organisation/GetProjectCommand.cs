using System.Management.Automation;
using RunAi.Operators;
using RunAi.Organisation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the projects that the step operator's credentials see: quota, what of it is in use, and how both spread over
/// the node pools.</para>
/// <para type="description">GPUs are numbers of devices, portions included; CPU is in cores, memory in bytes. Names, cluster and one status
/// are filtered by the control plane, which also sorts; node pools are filtered here, since the API has no such filter.</para>
/// </summary>
/// <example>
/// <para>List all projects</para>
/// <code test="emulator">Get-RunAiProject</code>
/// <para>Each comes back with its quota, the GPUs it holds and those it waits for.</para>
/// </example>
/// <example>
/// <para>See who uses most</para>
/// <code test="emulator">Get-RunAiProject team-* -SortBy GpuAllocated -Descending -First 5</code>
/// <para>The five projects of those teams that hold the most GPUs come back, the largest first.</para>
/// </example>
/// <example>
/// <para>See where a project's GPUs are</para>
/// <code test="emulator">(Get-RunAiProject vision).NodePools | Where-Object GpuAllocated -gt 0</code>
/// <para>One object comes back for each node pool in which the project holds GPUs.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "RunAiProject")]
[OutputType(typeof(Project))]
public sealed class GetProjectCommand : OrganisationCommand
{
    private static readonly Dictionary<string, string> Fields = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Name"] = "name",
        ["Status"] = "phase",
        ["Department"] = "parentName",
        ["GpuQuota"] = "totalGpuQuota",
        ["GpuAllocated"] = "gpuAllocated",
        ["CreatedAt"] = "createdAt",
    };

    /// <summary>
    /// <para type="description">The name, with * and ? as wildcards; all by default. The control plane tells capital letters from small
    /// ones.</para>
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProjectNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary><para type="description">Only projects on this cluster, by its name or UUID.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(ClusterNameCompleter))]
    public string? Cluster { get; set; }

    /// <summary><para type="description">Only projects that have a quota in this node pool, with * and ? as wildcards.</para></summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NodePoolNameCompleter))]
    public string? NodePool { get; set; }

    /// <summary><para type="description">Only projects in one of these phases, for example Ready.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(StatusCompleter))]
    public string[] Status { get; set; } = [];

    /// <summary><para type="description">What the control plane sorts by; the name by default.</para></summary>
    [Parameter]
    [ValidateSet("Name", "Status", "Department", "GpuQuota", "GpuAllocated", "CreatedAt")]
    public string SortBy { get; set; } = "Name";

    private protected override string[] Names => Name;

    private protected override string[] Statuses => Status;

    private protected override IReadOnlyCollection<string> KnownStatuses => OrganisationStatuses.OfProjects;

    private protected override ListFilter Wish => new()
    {
        Cluster = Cluster,
        NodePool = NodePool is null ? null : Pattern(NodePool),
        SortBy = Fields[SortBy],
    };

    private protected override Task<int> ReadAsync(
        StepOperatorConnection connection, ListFilter wish, Func<IEnumerable<object>, Task> write, CancellationToken cancellationToken) =>
        new ProjectCatalog(connection).EachAsync(wish, write, cancellationToken);

    private protected override Task<RunAiException> NotFoundAsync(
        StepOperatorConnection connection, string name, CancellationToken cancellationToken) =>
        new ProjectCatalog(connection).NotFoundAsync(name, cancellationToken);
}
