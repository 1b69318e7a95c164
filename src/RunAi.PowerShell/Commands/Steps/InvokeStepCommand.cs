using System.Management.Automation;
using RunAi.Operators;
using RunAi.PowerShell.Pipeline;
using RunAi.Runs;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Runs a step: submits it, shows its log, waits for its end and returns the finished run.</para>
/// <para type="description">
/// The log of a step under the step runner (one with code, inputs, outputs or a base image) is shown live, as information that does not mix with the output.
/// The command owns its run: Ctrl+C suspends the workload and says so. A step that does not succeed ends in an error that says why.
/// With -Retry, an attempt that failed for one of the causes given there is followed by another, with a workload and a log of its own; each
/// failed attempt is told as a warning, and its workload is kept, or deleted where the operator says DeleteOnFailure.
/// </para>
/// </summary>
/// <example><code>Invoke-RunAiStep train -Image python:3.12-slim -Command python, -c, 'print(42)'</code></example>
/// <example><code>$run = Invoke-RunAiStep train -Source ./src -BaseImage python:3.12-slim -Command python, train.py, '{{inputs.data}}', '{{outputs.model}}' -Input @{ data = './data' } -Output model</code></example>
/// <example><code>$rows = Invoke-RunAiStep stats -BaseImage mcr.microsoft.com/powershell -ScriptBlock { param($names) $names | ForEach-Object { [pscustomobject]@{ Name = $_; Length = $_.Length } } } -ArgumentList (, $names) | Receive-RunAiStep</code></example>
/// <example><code>$step | Invoke-RunAiStep -StepOperator gpu</code></example>
/// <example><code>Invoke-RunAiStep train -Image my/image -Command train -Checkpoint -Retry @{ Preempted = 3; Infrastructure = 2; Window = '04:00:00' }</code></example>
/// <example><code>Invoke-RunAiStep train -Image python:3.12-slim -Command python, -c, 'print(42)' -RunKey "$env:BUILD_BUILDID/$env:SYSTEM_STAGEATTEMPT"</code></example>
[Cmdlet(VerbsLifecycle.Invoke, "RunAiStep", SupportsShouldProcess = true, DefaultParameterSetName = "Defined")]
[OutputType(typeof(StepRun))]
public sealed class InvokeStepCommand : StepSubmissionCommand
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15);

    private StepOperatorConnection? _connection;
    private StepRun? _run;
    private RunAttendant? _attendance;

    /// <inheritdoc/>
    private protected override void ProcessStep()
    {
        (_run, _connection, _attendance) = (null, null, null);
        try
        {
            if (AwaitConnected(ResolvedStack.StepOperator, RunAsync) is { } failure)
            {
                throw failure;
            }

            if (_run is not null)
            {
                WriteObject(_run);
            }
        }
        catch (Exception e) when (IsStop(e) && Left() is { } left)
        {
            Host.UI.WriteWarningLine(left);
            throw;
        }
    }

    /// <summary>Stops what there is after Ctrl+C and says what is left; null when nothing was sent.</summary>
    private string? Left() => _attendance switch
    {
        { WorkloadName: { } name } => StopOwnWorkload(name, _attendance.WorkloadId),
        not null => $"Stopped between two attempts of run {_run!.RunId}: no workload of it is left running, and no other is made. Go on with: "
            + $"Resume-RunAiStepRun {_run.RunId} -Wait",
        null => SentWorkload is { } sent ? StopOwnWorkload(sent, _run?.WorkloadId) : null,
    };

    /// <summary>Submits the step and waits for its end, showing its log; the failure comes back, or null for a success.</summary>
    private async Task<RunAiException?> RunAsync(StepOperatorConnection connection, CommandContext context, CancellationToken token)
    {
        _connection = connection;
        _run = await SubmitAsync(connection, context, token).ConfigureAwait(false);
        if (_run is null or { State: StepRunState.Succeeded })
        {
            return null;
        }

        var store = await new RunServices(context).StoreAsync(_run.ArtifactStore, token).ConfigureAwait(false);
        _attendance = new RunAttendant(connection, context, this);
        (_run, var failure) = await _attendance.FollowAsync(_run, store, Journal!, token).ConfigureAwait(false);
        return failure;
    }

    /// <summary>Suspends the command's own workload after Ctrl+C and says what is left. It has its own, short patience.</summary>
    private string StopOwnWorkload(string name, string? workloadId)
    {
        using var patience = new CancellationTokenSource(StopPatience);
        var look = $"Look with: Get-RunAiWorkload {name}. Remove it with: Remove-RunAiWorkload {name}";
        try
        {
            // The session holds the token; the pipeline thread is here, so nothing may wait for it.
            var connection = _connection!.WithLog(SilentLog.Instance);
            return Task.Run(() => RunSuspender.SuspendAsync(connection, workloadId, name, Session.Time, patience.Token), CancellationToken.None)
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
