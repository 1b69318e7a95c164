using System.Management.Automation;
using RunAi.Operators;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;

namespace RunAi.PowerShell.Commands;

/// <summary>A command that works through a step operator: the one named, or the only one registered.</summary>
public abstract class OperatorCommand : RunAiCommand
{
    /// <summary><para type="description">The step operator to work through; the only one registered when it is left out.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(StepOperatorNameCompleter))]
    public string? StepOperator { get; set; }

    /// <summary>The operator to work through.</summary>
    private protected RunAi.StepOperator ResolveOperator() =>
        Configuration.StepOperators.Resolve(string.IsNullOrEmpty(StepOperator) ? null : StepOperator);

    /// <summary>Does asynchronous work through the operator.</summary>
    private protected T AwaitConnected<T>(Func<StepOperatorConnection, WorkContext, CancellationToken, Task<T>> work)
    {
        var one = ResolveOperator();
        return Await(async (context, token) =>
            await work(await context.ConnectAsync(one, token).ConfigureAwait(false), context, token).ConfigureAwait(false));
    }
}
