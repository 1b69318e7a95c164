using System.Management.Automation;
using RunAi.Operators;
using RunAi.Organisation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the workload templates that the step operator's credentials see.</para>
/// <para type="description">A step names one with -WorkloadTemplate of New-RunAiStepSettings. Names, type, scope and whether it is runnable
/// are filtered by the control plane, which also sorts.</para>
/// </summary>
/// <example>
/// <para>List all workload templates</para>
/// <code test="emulator">Get-RunAiWorkloadTemplate</code>
/// <para>Each comes back with its name, scope and whether it can be run.</para>
/// </example>
/// <example>
/// <para>Find templates of the project that can be run</para>
/// <code test="emulator">Get-RunAiWorkloadTemplate small* -Scope project -Runnable</code>
/// <para>The templates whose name begins with small come back.</para>
/// </example>
/// <example>
/// <para>Read what a template asks for</para>
/// <code>(Get-RunAiWorkloadTemplate small).Spec.compute</code>
/// <para>The template's compute section comes back: GPUs, CPU and memory.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "RunAiWorkloadTemplate")]
[OutputType(typeof(WorkloadTemplate))]
public sealed class GetWorkloadTemplateCommand : OrganisationCommand
{
    private static readonly Dictionary<string, string> Fields = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Name"] = "name",
        ["Scope"] = "scopeType",
        ["CreatedAt"] = "createdAt",
        ["UpdatedAt"] = "updatedAt",
    };

    /// <summary>
    /// <para type="description">The name, with * and ? as wildcards, or the UUID; all by default. The control plane tells capital letters
    /// from small ones.</para>
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TemplateNameCompleter))]
    [Alias("TemplateId")]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>
    /// <para type="description">The type of workload it is for: Training, which steps are, unless given; All for every type.</para>
    /// </summary>
    [Parameter]
    [ValidateSet("Training", "Distributed", "Workspace", "Inference", "DistributedInference", "All")]
    public string WorkloadType { get; set; } = TemplateCatalog.OfSteps;

    /// <summary><para type="description">Only those of this scope: project, department, cluster, tenant or system.</para></summary>
    [Parameter]
    [ValidateSet("project", "department", "cluster", "tenant", "system")]
    public string? Scope { get; set; }

    /// <summary><para type="description">Only those that can be submitted as they are; -Runnable:$false for the others.</para></summary>
    [Parameter]
    public SwitchParameter Runnable { get; set; }

    /// <summary><para type="description">What the control plane sorts by; the name by default.</para></summary>
    [Parameter]
    [ValidateSet("Name", "Scope", "CreatedAt", "UpdatedAt")]
    public string SortBy { get; set; } = "Name";

    private protected override string[] Names => Name;

    private protected override string[] Statuses => [];

    private protected override IReadOnlyCollection<string> KnownStatuses => [];

    private protected override ListFilter Wish => new() { SortBy = Fields[SortBy] };

    private protected override Task<int> ReadAsync(
        StepOperatorConnection connection, ListFilter wish, Func<IEnumerable<object>, Task> write, CancellationToken cancellationToken) =>
        new TemplateCatalog(connection).EachAsync(
            wish,
            Type,
            Scope is null ? null : Spelled(Scope, TemplateCatalog.Scopes),
            MyInvocation.BoundParameters.ContainsKey(nameof(Runnable)) ? Runnable.IsPresent : null,
            write,
            cancellationToken);

    private protected override Task<RunAiException> NotFoundAsync(
        StepOperatorConnection connection, string name, CancellationToken cancellationToken) =>
        new TemplateCatalog(connection).NotFoundAsync(name, Type, cancellationToken);

    private string? Type =>
        string.Equals(WorkloadType, "All", StringComparison.OrdinalIgnoreCase) ? null : Spelled(WorkloadType, TemplateCatalog.Types);

    /// <summary>A word as the API spells it.</summary>
    private static string Spelled(string word, IEnumerable<string> known) =>
        known.First(text => string.Equals(text, word, StringComparison.OrdinalIgnoreCase));
}
