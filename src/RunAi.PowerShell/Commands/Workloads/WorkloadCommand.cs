using System.Management.Automation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>A command on workloads that are given as runs, workloads, ids or names.</summary>
public abstract class WorkloadCommand : OperatorCommand
{
    private object? _current;

    /// <summary><para type="description">The workload: its name or id, a run, or a workload, also from the pipeline.</para></summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("WorkloadId", "Name", "Id", "InputObject")]
    [ArgumentCompleter(typeof(WorkloadNameCompleter))]
    public WorkloadIdentity[] Workload { get; set; } = [];

    /// <inheritdoc/>
    protected override object? CurrentTarget => _current;

    /// <summary>Does the command's work for one workload.</summary>
    private protected abstract void ProcessWorkload(WorkloadIdentity identity);

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        foreach (var identity in Workload)
        {
            _current = identity.Text;
            try
            {
                ProcessWorkload(identity);
            }
            catch (RunAiApiException failure)
            {
                WriteFailure(failure);
            }
        }
    }
}
