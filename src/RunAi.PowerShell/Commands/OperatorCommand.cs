using System.Management.Automation;
using RunAi.Operators;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;
using RunAi.Runs;
using RunAi.Stacks;

namespace RunAi.PowerShell.Commands;

/// <summary>A command that works through a step operator: the one named, else the stack's, else the only one registered.</summary>
public abstract class OperatorCommand : RunAiCommand
{
    /// <summary>
    /// <para type="description">The step operator to work through; the stack's, else the only one registered, when it is left out.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(StepOperatorNameCompleter))]
    public string? StepOperator { get; set; }

    /// <summary><para type="description">The stack to work with; the active one when it is left out.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(StackNameCompleter))]
    public string? Stack { get; set; }

    /// <summary>The stack to work with, and its components.</summary>
    private protected ResolvedStack ResolveStack() => Configuration.StackResolver.Resolve(Stack, StepOperator);

    /// <summary>The operator to work through.</summary>
    private protected RunAi.StepOperator ResolveOperator() => ResolveStack().StepOperator;

    /// <summary>The operator that the user names for recorded runs, which may belong to another.</summary>
    private protected OperatorChoice OperatorChoice => new(StepOperator, Stack);

    /// <summary>The workload that is meant, with its run where it was named by that run's id, key or step.</summary>
    /// <exception cref="RunAiException"><see cref="ErrorIds.WorkloadNotFound"/>, <see cref="ErrorIds.RunNotFound"/> or
    /// <see cref="ErrorIds.RunAmbiguous"/>.</exception>
    private protected WorkloadIdentity Resolve(WorkloadIdentity identity, bool mustBeOnly = false)
    {
        if (!WorkloadLookup.IsNeeded(identity))
        {
            return identity;
        }

        var stack = ResolveStack();
        return Await((context, token) => new WorkloadLookup(context, stack) { MustBeOnly = mustBeOnly }.FindAsync(identity, token));
    }

    /// <summary>Does asynchronous work through the operator.</summary>
    private protected T AwaitConnected<T>(Func<StepOperatorConnection, CommandContext, CancellationToken, Task<T>> work) =>
        AwaitConnected(ResolveOperator(), work);
}
