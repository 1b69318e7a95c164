using System.Management.Automation;
using RunAi.Operators;
using RunAi.PowerShell.Pipeline;
using RunAi.Runs;
using RunAi.Watching;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Runs a step: submits it, waits for its end and returns the finished run.</para>
/// <para type="description">
/// The command owns its run: Ctrl+C suspends the workload and says so. A step that does not succeed ends in an error that says why.
/// </para>
/// </summary>
/// <example><code>Invoke-RunAiStep train -Image python:3.12-slim -Command python, -c, 'print(42)'</code></example>
/// <example><code>$step | Invoke-RunAiStep -StepOperator gpu</code></example>
[Cmdlet(VerbsLifecycle.Invoke, "RunAiStep", SupportsShouldProcess = true, DefaultParameterSetName = "Defined")]
[OutputType(typeof(StepRun))]
public sealed class InvokeStepCommand : StepDefinitionCommand
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15);

    private StepOperatorConnection? _connection;
    private StepRun? _run;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        (_run, _connection) = (null, null);
        try
        {
            var ending = AwaitConnected(RunAsync);
            if (ending is not null)
            {
                var run = ending.Conclude(_run!);
                if (ending.Failure is not null)
                {
                    throw ending.Failure;
                }

                WriteObject(run);
            }
        }
        catch (Exception e) when (IsStop(e) && SentWorkload is not null)
        {
            Host.UI.WriteWarningLine(StopOwnWorkload(SentWorkload));
            throw;
        }
    }

    private async Task<WorkloadEnding?> RunAsync(StepOperatorConnection connection, WorkContext context, CancellationToken token)
    {
        _connection = connection;
        _run = await SubmitAsync(connection, context, token).ConfigureAwait(false);
        if (_run is null)
        {
            return null;
        }

        var request = new WatchRequest(_run.WorkloadId!, _run.WorkloadName)
        {
            DeleteOnFailure = connection.Operator.DeleteOnFailure,
            Limits = new ClockLimits { Pending = _run.PendingTimeout, Workload = _run.WorkloadTimeout, Run = _run.RunTimeout },
        };
        WorkloadEnding? ending = null;
        using var view = new WatchProgressView(context.Pump, this, TimeProvider.System);
        await new WorkloadWait(connection, TimeProvider.System, context.Log)
            .WaitAsync([request], whileStopped: false, e => ending = e, view.Show, token).ConfigureAwait(false);
        return ending;
    }

    /// <summary>Suspends the command's own workload after Ctrl+C and says what is left. It has its own, short patience.</summary>
    private string StopOwnWorkload(string name)
    {
        using var patience = new CancellationTokenSource(StopPatience);
        var look = $"Look with: Get-RunAiWorkload {name}. Remove it with: Remove-RunAiWorkload {name}";
        try
        {
            // The session holds the token; the pipeline thread is here, so nothing may wait for it.
            var connection = _connection!.WithLog(SilentLog.Instance);
            return Task.Run(() => RunStop.SuspendAsync(connection, _run?.WorkloadId, name, TimeProvider.System, patience.Token), CancellationToken.None)
                .GetAwaiter().GetResult()
                ? $"Stopped: workload '{name}' is being suspended and gives its GPU back when its pods have ended. "
                    + $"Resume it with: Resume-RunAiWorkload {name}. Remove it with: Remove-RunAiWorkload {name}"
                : $"Stopped while workload '{name}' was being submitted. The control plane does not list it, so nothing is left. {look}";
        }
        catch (Exception e) when (e is RunAiException or OperationCanceledException)
        {
            var why = e is RunAiException ? e.Message : $"the control plane did not answer within {StopPatience.TotalSeconds} seconds.";
            return $"Stopped, but workload '{name}' could not be suspended and may still run: {why} {look}";
        }
    }
}
