using System.Management.Automation;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Submits a step as a training workload and returns its run at once.</para>
/// <para type="description">
/// The step is checked before anything is sent. -WhatIf shows the exact request, on the information stream with the tag RunAi.Request. A
/// request whose answer is lost is settled by looking for the workload, so that a step never runs twice. A submission that is ended early,
/// by Ctrl+C, SIGTERM or SIGHUP, leaves no workload running that nobody knows of: what -OnCancel says is done with it. Of piped steps up to
/// eight are sent at a time; their runs come back in the order of the steps.
/// </para>
/// </summary>
/// <example>
/// <para>Submit a step that needs half a GPU</para>
/// <code test="emulator">$run = Submit-RunAiStep train -Image python:3.12-slim -Command python, -c, 'print(42)' -Settings @{ GpuPortionRequest = 0.5 }</code>
/// <para>The run comes back at once, with its id, workload and state Submitted.</para>
/// </example>
/// <example>
/// <para>Submit code with a stack</para>
/// <code>$run = Submit-RunAiStep train -Source ./src -BaseImage python:3.12-slim -Command python, train.py, '{{outputs.model}}' -Output model -Stack prod</code>
/// <para>The run comes back when code and image are in the registry and the workload was created.</para>
/// </example>
/// <example>
/// <para>Submit a script block and get its objects later</para>
/// <code>$run = Submit-RunAiStep report -BaseImage mcr.microsoft.com/powershell -ScriptBlock { param($day) Get-Date $day } -ArgumentList '2026-11-24'; $run | Wait-RunAiWorkload | Receive-RunAiStep</code>
/// <para>The run comes back at once; the object of the block comes after the wait.</para>
/// </example>
/// <example>
/// <para>Submit a distributed training</para>
/// <code test="emulator">Submit-RunAiStep train -Image my/torch -Command torchrun, train.py -DistributedFramework PyTorch -Workers 3 -Settings @{ GpuDevicesRequest = 2 }</code>
/// <para>The run comes back. Three workers and a master with two GPUs each are placed together.</para>
/// </example>
/// <example>
/// <para>See the exact request</para>
/// <code test="emulator">Submit-RunAiStep train -Image busybox -Command echo, hi -WhatIf</code>
/// <para>A what-if message shows the request and what would come of it. Nothing is sent.</para>
/// </example>
/// <example>
/// <para>Keep the request</para>
/// <code>Submit-RunAiStep train -Image busybox -Command echo, hi -WhatIf 6> request.txt</code>
/// <para>Nothing comes back, and nothing is sent. The file has the request and what would come of it.</para>
/// </example>
/// <example>
/// <para>Submit once for each build</para>
/// <code test="emulator">$run = Submit-RunAiStep train -Image busybox -Command echo, hi -RunKey "$env:BUILD_BUILDID/$env:SYSTEM_STAGEATTEMPT"</code>
/// <para>The run of this key comes back: the existing one when there is one, else a new one.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Submit, "RunAiStep", SupportsShouldProcess = true, DefaultParameterSetName = "Defined")]
[OutputType(typeof(StepRun))]
public sealed partial class SubmitStepCommand : StepSubmissionCommand
{
    /// <inheritdoc/>
    private protected override void ProcessStep()
    {
        if (Notify.Any(target => target.Script is not null))
        {
            throw new RunAiException(
                ErrorIds.InvalidNotification,
                "Submit-RunAiStep does not wait, so that nobody would call the script block of -Notify. Give it to Wait-RunAiWorkload or "
                + "Invoke-RunAiStep, or name a web hook by a secret reference.");
        }

        if (MyInvocation.ExpectingInput && !IsWhatIf)
        {
            SendPiped();
            return;
        }

        var submission = new OngoingSubmission(this);
        StepRun? run = null;
        using (GuardWork())
        {
            try
            {
                run = Await(submission.RunAsync);
            }
            catch (Exception e) when (IsStop(e) && run is null && End(submission).FirstOrDefault() is { } left)
            {
                // The pipeline is stopping and takes no more lines; the host still does.
                Host.UI.WriteWarningLine(left);
                throw;
            }
        }

        if (run is not null)
        {
            WriteObject(run);
        }
    }

    /// <summary>Puts in order what submissions have sent, all at once.</summary>
    /// <returns>What is left, a sentence for each that sent something.</returns>
    private IEnumerable<string> End(params OngoingSubmission[] submissions) =>
        Task.Run(() => Task.WhenAll(submissions.Select(submission => submission.EndAsync(OnCancel, StopCause))), CancellationToken.None)
            .GetAwaiter().GetResult().OfType<string>();
}
