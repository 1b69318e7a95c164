using System.Management.Automation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>A command on workloads that are given as runs, workloads, ids or names, or by the id, key or step of their run.</summary>
public abstract class WorkloadCommand : OperatorCommand
{
    private object? _current;

    /// <summary>
    /// <para type="description">The workload: its name or id, a run or workload, also from the pipeline and one that came back from a job
    /// or a file, or the id, key or step's name of its run.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("WorkloadId", "Name", "Id", "InputObject")]
    [ArgumentCompleter(typeof(WorkloadNameCompleter))]
    [WorkloadTransformation]
    public WorkloadIdentity[] Workload { get; set; } = [];

    /// <inheritdoc/>
    protected override object? CurrentTarget => _current;

    /// <summary>True for a command that changes the workload, which is not guessed where several runs have the step's name.</summary>
    private protected virtual bool MustBeOnly => false;

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
                ProcessWorkload(WithWorkload(Resolve(identity, MustBeOnly)));
            }
            catch (RunAiException failure)
                when (failure is RunAiApiException || failure.ErrorId is ErrorIds.RunNotFound or ErrorIds.RunAmbiguous)
            {
                WriteFailure(failure);
            }
        }
    }

    private static WorkloadIdentity WithWorkload(WorkloadIdentity identity) => identity.Run is { WorkloadName.Length: 0 } run
        ? throw new RunAiApiException(
            ErrorIds.WorkloadNotFound,
            $"The run {run.RunId} of step '{run.StepName}' has no workload: "
            + (run.IsCached ? "its outputs were taken from an earlier run." : "none was created for it."))
        {
            Target = run.RunId,
        }
        : identity;
}
