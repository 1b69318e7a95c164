using System.Management.Automation;
using RunAi.Operators;
using RunAi.PowerShell.Binding;
using RunAi.Wording;
using RunAi.Workloads;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the workloads of the step operator's project.</para>
/// <para type="description">Names and phases are filtered by the control plane where its filters can express them.</para>
/// </summary>
/// <example>
/// <para>List the workloads of the project</para>
/// <code test="emulator">Get-RunAiWorkload</code>
/// <para>Each comes back with its phase, GPUs, node pool and times.</para>
/// </example>
/// <example>
/// <para>Find the steps that run or wait</para>
/// <code test="emulator">Get-RunAiWorkload runai-train-* -Phase Running, Pending</code>
/// <para>The workloads of the step train in these two phases come back.</para>
/// </example>
/// <example>
/// <para>See what the control plane says of a run</para>
/// <code test="emulator">$run | Get-RunAiWorkload</code>
/// <para>The workload of the run comes back.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "RunAiWorkload", DefaultParameterSetName = "Name")]
[OutputType(typeof(Workload))]
public sealed class GetWorkloadCommand : OperatorCommand
{
    /// <summary>
    /// <para type="description">The name, with * and ? as wildcards, or the id, key or step's name of a run; all by default.</para>
    /// </summary>
    [Parameter(Position = 0, ParameterSetName = "Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(WorkloadNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary><para type="description">The id, also that of a run or workload from the pipeline.</para></summary>
    [Parameter(Mandatory = true, ParameterSetName = "Id", ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    public string[] WorkloadId { get; set; } = [];

    /// <summary><para type="description">Only workloads in one of these phases, for example Running or Pending.</para></summary>
    [Parameter(ParameterSetName = "Name")]
    [ArgumentCompleter(typeof(PhaseCompleter))]
    public string[]? Phase { get; set; }

    /// <summary><para type="description">At most this many, the newest first.</para></summary>
    [Parameter(ParameterSetName = "Name")]
    [ValidateRange(1, int.MaxValue)]
    [InvariantNumber(Whole = true)]
    public int First { get; set; } = int.MaxValue;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        foreach (var phase in (Phase ?? []).Where(p => !WorkloadPhases.All.Contains(p, StringComparer.OrdinalIgnoreCase)))
        {
            WriteWarning($"'{phase}' is no phase that this version knows. {Suggestion.For(phase, WorkloadPhases.All)}");
        }

        // The control plane's filter minds the case.
        Phase = Phase?.Select(phase =>
            WorkloadPhases.All.FirstOrDefault(known => phase.Equals(known, StringComparison.OrdinalIgnoreCase)) ?? phase)
            .ToArray();
    }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        if (ParameterSetName == "Id")
        {
            foreach (var id in WorkloadId)
            {
                WriteById(id);
            }
        }
        else
        {
            foreach (var name in Name)
            {
                if (Guid.TryParse(name, out _))
                {
                    WriteById(name);
                }
                else
                {
                    WriteByName(name);
                }
            }
        }
    }

    private void WriteById(string id)
    {
        try
        {
            WriteObject(AwaitConnected((connection, _, token) => new WorkloadCatalog(connection).GetAsync(id, token)));
        }
        catch (RunAiApiException failure)
        {
            WriteFailure(failure, id);
        }
    }

    /// <summary>Writes the workload of a run, when no workload has the name.</summary>
    private void WriteOfRun(string name)
    {
        try
        {
            if (Resolve(new WorkloadIdentity(name)) is { Id: { } id, Run: not null })
            {
                WriteById(id);
                return;
            }
        }
        catch (RunAiApiException failure) when (failure.ErrorId == ErrorIds.WorkloadNotFound)
        {
            WriteFailure(failure, name);
            return;
        }

        WriteFailure(WorkloadCatalog.NotFound(name, ResolveOperator()), name);
    }

    private void WriteByName(string name)
    {
        var wildcard = WildcardPattern.ContainsWildcardCharacters(name);
        var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
        var matching = AwaitConnected((connection, _, token) =>
            new WorkloadCatalog(connection).ListAsync(name, pattern.IsMatch, Phase ?? [], First, token));
        if (matching.Count == 0 && !wildcard)
        {
            WriteOfRun(name);
        }

        WriteObject(matching, enumerateCollection: true);
    }
}
