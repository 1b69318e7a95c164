using System.Management.Automation;
using RunAi.Operators;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;
using RunAi.PowerShell.Scripts;
using RunAi.Runs.Attending;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Runs a step: submits it, shows its log, waits for its end and returns the finished run.</para>
/// <para type="description">
/// The log of a step under the step runner (one with code, inputs, outputs or a base image) is shown live, as information that does not mix
/// with the output. The command owns its run: Ctrl+C, SIGTERM, SIGHUP and the end of the process that started the shell have the workload
/// suspended, or what -OnCancel says. That is said and recorded; the same command with the same -RunKey resumes the workload, and with
/// -Force replaces it. A script that is ended so ends its shell with an exit code that is not 0 (130, 143, 129). A step that does not
/// succeed ends in an error that says why. The run is the error's target ($_.TargetObject) and its exception's Run; with -ErrorAction
/// Continue or SilentlyContinue, and for piped steps, the command also returns it. With -Retry, an attempt that failed for one of the
/// causes given there is followed by another, with a workload and a log of its own; each failed attempt is told as a warning, and its
/// workload is kept, or deleted where the operator says DeleteOnFailure.
/// </para>
/// </summary>
/// <example>
/// <para>Run one command on a GPU</para>
/// <code test="emulator">Invoke-RunAiStep train -Image python:3.12-slim -Command python, -c, 'print(42)'</code>
/// <para>The finished run comes back, with its state, exit code and times.</para>
/// </example>
/// <example>
/// <para>Run code on data and keep a model</para>
/// <code>$run = Invoke-RunAiStep train -Source ./src -BaseImage python:3.12-slim -Command python, train.py, '{{inputs.data}}', '{{outputs.model}}' -Input @{ data = './data' } -Output model</code>
/// <para>The finished run comes back; $run.Outputs.model is an artifact for Save-RunAiArtifact or the next step's -Input.</para>
/// </example>
/// <example>
/// <para>Run a script block in a container and get its objects</para>
/// <code>$rows = Invoke-RunAiStep stats -BaseImage mcr.microsoft.com/powershell -ScriptBlock { param($names) $names | ForEach-Object { [pscustomobject]@{ Name = $_; Length = $_.Length } } } -ArgumentList (, $names) | Receive-RunAiStep</code>
/// <para>The objects of the block come back, one for each name.</para>
/// </example>
/// <example>
/// <para>Run a step that was defined before</para>
/// <code test="emulator">$step | Invoke-RunAiStep -StepOperator gpu</code>
/// <para>The finished run comes back. It was submitted through the step operator gpu.</para>
/// </example>
/// <example>
/// <para>Run a matrix of steps, four at a time</para>
/// <code test="emulator">1..8 | ForEach-Object { New-RunAiStep "fold-$_" -Image python:3.12-slim -Command python, -c, "print($_)" } | Invoke-RunAiStep -ThrottleLimit 4</code>
/// <para>The finished runs come back in the order of their ends. A table of all is shown at the end, and one error when any failed.</para>
/// </example>
/// <example>
/// <para>Try again what was preempted or lost</para>
/// <code>Invoke-RunAiStep train -Image my/image -Command train -Checkpoint -Retry @{ Preempted = 3; Infrastructure = 2; Window = '04:00:00' }</code>
/// <para>The finished run comes back. Each attempt that failed before is a warning and stands in EarlierAttempts.</para>
/// </example>
/// <example>
/// <para>Run once for each build, however often the job is started</para>
/// <code test="emulator">Invoke-RunAiStep train -Image python:3.12-slim -Command python, -c, 'print(42)' -RunKey "$env:BUILD_BUILDID/$env:SYSTEM_STAGEATTEMPT"</code>
/// <para>The run of this key comes back: the existing one when there is one, else a new one.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "RunAiStep", SupportsShouldProcess = true, DefaultParameterSetName = "Defined")]
[OutputType(typeof(StepRun))]
public sealed partial class InvokeStepCommand : StepSubmissionCommand
{
    /// <summary>
    /// <para type="description">Ends the wait with an error, and suspends the workload, when no node can ever hold it; otherwise that is a
    /// warning.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter FailIfUnschedulable { get; set; }

    /// <summary>
    /// <para type="description">Where the lines of the log and of the wait go: Information (shown, apart from the output), Output (texts
    /// before the command's objects), Verbose, Warning or None. Information by default; in a runbook of Azure Automation, whose record does
    /// not keep that, Verbose.</para>
    /// </summary>
    [Parameter]
    public LogStream? LogStream { get; set; }

    /// <summary>
    /// <para type="description">For piped steps: runs so many of them side by side, from 1 to 1000; one after the other when it is left
    /// out. Each run comes back when it ends, and lines begin with the step's name. When all have ended a table of them is shown, and, when
    /// any failed, one error says which; with -ErrorAction Continue or SilentlyContinue each failure is an error of its own that ends
    /// nothing. With -RunKey each step's key is the key, a slash and its name.</para>
    /// </summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    [InvariantNumber(Whole = true)]
    public int ThrottleLimit { get; set; }

    /// <summary>
    /// True where a failed step does not end what follows: for piped steps, and where errors are let pass on purpose. Elsewhere its error
    /// is one that can be caught.
    /// </summary>
    private bool GoesOnAfterFailure => FailuresAreNonTerminating
        || (MyInvocation.BoundParameters.ContainsKey("ErrorAction") && ErrorPreference != ActionPreference.Stop)
        || ErrorPreference is ActionPreference.SilentlyContinue or ActionPreference.Ignore;

    /// <inheritdoc/>
    private protected override void ProcessStep()
    {
        if (ThrottleLimit > 0)
        {
            _waiting.Add((GivenStep, ResolvedStack));
            return;
        }

        StepInvocation? invocation = null;
        StepRun? run;
        RunAiException? failure;
        using (GuardWork())
        {
            try
            {
                (run, failure) = AwaitConnected(ResolvedStack.StepOperator, RunAsync);
            }
            catch (Exception e) when (IsStop(e) && Stop(invocation) is { } left)
            {
                Host.UI.WriteWarningLine(left);
                throw;
            }
        }

        var goesOn = failure is null || GoesOnAfterFailure;
        if (run is not null && goesOn)
        {
            WriteObject(run);
        }

        if (failure is not null)
        {
            Fail(failure, goesOn);
        }

        async Task<(StepRun? Run, RunAiException? Failure)> RunAsync(
            StepOperatorConnection connection, CommandContext context, CancellationToken token)
        {
            using var observer = context.Observe(LogStream);
            var submission = Submission(context, ResolvedStack, observer);
            invocation = new StepInvocation(context.Services, submission, observer)
            {
                FailsIfUnschedulable = FailIfUnschedulable,
                OnCancel = OnCancel,
            };
            var (run, failure) = await invocation.RunAsync(
                connection, GivenStep, plan => ConfirmAsync(submission, plan, context, token), token).ConfigureAwait(false);
            return (run, failure is not null && run is { ScriptResult: { } result }
                ? await BecauseAsync(run, result, failure, context, token).ConfigureAwait(false)
                : failure);
        }
    }

    /// <summary>The failure with the error that ended the step's script block; as it is when that cannot be read now.</summary>
    private static async Task<RunAiException> BecauseAsync(
        StepRun run, Artifact result, RunAiException failure, CommandContext context, CancellationToken token)
    {
        try
        {
            return await context.Services.StoreAsync(run.ArtifactStore, token).ConfigureAwait(false) is { } store
                && await ReceivedScript.ReadAsync(result, store, context, _ => { }, _ => { }, token).ConfigureAwait(false) is { } end
                ? ReceivedScript.Because(end, failure)
                : failure;
        }
        catch (RunAiException trouble)
        {
            context.Log.Verbose($"The error of the script block cannot be read: {trouble.Message}");
            return failure;
        }
    }

    private void Fail(RunAiException failure, bool goesOn)
    {
        if (!goesOn)
        {
            throw failure;
        }

        WriteFailure(failure);
    }

    /// <summary>
    /// Puts the command's own workload in order after it was ended early and says what is left; null when nothing was sent.
    /// </summary>
    private string? Stop(StepInvocation? invocation) =>
        invocation is null ? null : Task.Run(() => invocation.StopAsync(StopCause), CancellationToken.None).GetAwaiter().GetResult();
}
