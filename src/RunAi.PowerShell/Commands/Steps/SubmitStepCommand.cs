using System.Management.Automation;
using RunAi.Operators;
using RunAi.PowerShell.Pipeline;
using RunAi.Runs;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Submits a step as a training workload and returns its run at once.</para>
/// <para type="description">
/// The step is checked before anything is sent. -WhatIf shows the exact request. A request whose answer is lost is settled by
/// looking for the workload, so that a step never runs twice.
/// </para>
/// </summary>
/// <example><code>$run = Submit-RunAiStep train -Image python:3.12-slim -Command python, -c, 'print(42)' -Settings @{ GpuPortionRequest = 0.5 }</code></example>
/// <example><code>$run = Submit-RunAiStep train -Source ./src -BaseImage python:3.12-slim -Command python, train.py, '{{outputs.model}}' -Output model -Stack prod</code></example>
/// <example><code>$run = Submit-RunAiStep report -BaseImage mcr.microsoft.com/powershell -ScriptBlock { param($day) Get-Date $day } -ArgumentList '2026-11-24'; $run | Wait-RunAiWorkload | Receive-RunAiStep</code></example>
/// <example><code>Submit-RunAiStep train -Image my/torch -Command torchrun, train.py -DistributedFramework PyTorch -Workers 3 -Settings @{ GpuDevicesRequest = 2 }</code></example>
/// <example><code>Submit-RunAiStep train -Image busybox -Command echo, hi -WhatIf</code></example>
/// <example><code>$run = Submit-RunAiStep train -Image busybox -Command echo, hi -RunKey "$env:BUILD_BUILDID/$env:SYSTEM_STAGEATTEMPT"</code></example>
[Cmdlet(VerbsLifecycle.Submit, "RunAiStep", SupportsShouldProcess = true, DefaultParameterSetName = "Defined")]
[OutputType(typeof(StepRun))]
public sealed class SubmitStepCommand : StepSubmissionCommand
{
    /// <inheritdoc/>
    private protected override void ProcessStep()
    {
        StepSubmission? submission = null;
        try
        {
            if (AwaitConnected(ResolvedStack.StepOperator, SubmitAsync) is { } run)
            {
                WriteObject(run);
            }
        }
        catch (Exception e) when (IsStop(e) && submission?.SentWorkload is { } name)
        {
            // The pipeline is stopping and takes no more lines; the host still does.
            Host.UI.WriteWarningLine(
                $"Stopped while workload '{name}' was being submitted: it may exist and run. Look with: Get-RunAiWorkload {name}  "
                + $"and remove it with: Remove-RunAiWorkload {name}");
            throw;
        }

        async Task<StepRun?> SubmitAsync(StepOperatorConnection connection, CommandContext context, CancellationToken token)
        {
            using var observer = context.Observe();
            var submitting = submission = Submission(context, observer);
            StepPlan? planned = null;
            var submitted = await submitting.SubmitAsync(connection, GivenStep, PlannedAsync, token).ConfigureAwait(false);
            if (submitted is { WorkloadId: not null })
            {
                observer.OnSubmitted(submitted);
            }

            if (planned is { IsSent: true })
            {
                await WarnIfItNeverFitsAsync(submitting, planned, context, token).ConfigureAwait(false);
            }

            return submitted;

            Task<bool> PlannedAsync(StepPlan plan)
            {
                planned = plan;
                return ConfirmAsync(submitting, plan, context, token);
            }
        }
    }
}
