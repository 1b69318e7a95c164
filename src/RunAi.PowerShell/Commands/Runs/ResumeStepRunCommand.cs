using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;
using RunAi.Runs.Attending;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Attaches to a run again, from any machine that has its artifact store, and returns it as it stands now.</para>
/// <para type="description">
/// The control plane and the run's store are asked, and an end that nobody has seen is recorded. A run whose submission died is settled:
/// its workload is found, or the run ends as failed. With -Wait the log is shown and the run comes back when it has ended; one that did not
/// succeed gives an error. A run that was submitted with -Retry goes on with its attempts, counted from its record. Attaching never harms
/// the workload: Ctrl+C, SIGTERM and SIGHUP leave it running, and say how to wait again, unless -OnCancel says what becomes of it. With
/// -Timeout the wait ends after that time without an error, and the run comes back as it stands then, IsOver false.
/// </para>
/// </summary>
/// <example>
/// <para>Wait for a run that was submitted elsewhere</para>
/// <code>Resume-RunAiStepRun 01JD8Z5V0Q4X9T2M7N3K6P1R8S -Wait | Receive-RunAiStep</code>
/// <para>The log is shown while the run lasts, and the run's outputs come back.</para>
/// </example>
/// <example>
/// <para>Wait in a runbook that has to end in time</para>
/// <code>$run = Resume-RunAiStepRun $runId -Wait -Timeout 02:30:00; if (-not $run.IsOver) { Start-AutomationRunbook collect -Parameters @{ RunId = $runId } }</code>
/// <para>The run comes back when it has ended, after two and a half hours at the latest. The workload goes on.</para>
/// </example>
/// <example>
/// <para>Wait as the owner of a run, whose workload is suspended when the job is cancelled</para>
/// <code test="emulator">Get-RunAiStepRun -First 1 | Resume-RunAiStepRun -Wait -OnCancel Stop</code>
/// <para>The finished run comes back.</para>
/// </example>
/// <example>
/// <para>Collect the run of a key in another job</para>
/// <code>Resume-RunAiStepRun -RunKey "$env:BUILD_BUILDID/train" -Wait</code>
/// <para>The finished run comes back. The step need not be written again.</para>
/// </example>
/// <example>
/// <para>Bring the records of open runs up to date</para>
/// <code test="emulator">Get-RunAiStepRun -State Submitted, Running | Resume-RunAiStepRun</code>
/// <para>Each run comes back as the control plane shows it now.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Resume, "RunAiStepRun", DefaultParameterSetName = ByRun)]
[OutputType(typeof(StepRun))]
public sealed class ResumeStepRunCommand : RunCommand, INotifyingCommand
{
    /// <summary>
    /// A field of a value type of the library would have it loaded along with this assembly, before the way to it is known.
    /// </summary>
    private object? _onCancel;

    /// <summary><para type="description">Shows the log and waits for the run's end.</para></summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>
    /// <para type="description">With -Wait: how long to wait at most, in seconds, as text such as 90s, 24h or 1d12h, or as a TimeSpan; no
    /// limit by default. Its end is no error, and does nothing to the workload.</para>
    /// </summary>
    [Parameter]
    [Seconds]
    public TimeSpan? Timeout { get; set; }

    /// <summary>
    /// <para type="description">Where the lines of the log and of the wait go: Information (shown, apart from the output), Output (texts
    /// before the command's objects), Verbose, Warning or None. Information by default; in a runbook of Azure Automation, whose record does
    /// not keep that, Verbose.</para>
    /// </summary>
    [Parameter]
    public LogStream? LogStream { get; set; }

    /// <summary>
    /// <para type="description">Whom the run's end is told to, beside those that it was submitted with: a reference to the secret with the
    /// address of a web hook, such as {{env:RUNS_WEBHOOK}}, with teams: or slack: before it for a message in that form, or a script block,
    /// which gets the run as $_. Each run is told once, by whichever command sees its end first.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public NotificationTarget[] Notify { get; set; } = [];

    /// <summary>
    /// <para type="description">With -Wait: what becomes of the run's workload when the wait is ended early, by Ctrl+C, SIGTERM, SIGHUP or
    /// the end of the process that started the shell: Leave lets it go on, Stop suspends it, Delete deletes it; Leave by default.</para>
    /// </summary>
    [Parameter]
    public CancelAction OnCancel
    {
        get => _onCancel is CancelAction given ? given : CancelAction.Leave;
        set => _onCancel = value;
    }

    /// <inheritdoc/>
    private protected override void ProcessRun(RunIdentity identity)
    {
        var storeName = RecordStore(identity);
        StepRun run;
        RunAiException? failure;
        RunAttendant? attendant = null;
        using (Wait ? GuardWork() : null)
        {
            try
            {
                (run, failure) = Await((context, token) => AttachAsync(identity, storeName, given => attendant = given, context, token));
            }
            catch (Exception e) when (Wait && IsStop(e) && IsStopped)
            {
                Host.UI.WriteWarningLine(
                    Stop(attendant)
                    ?? $"The wait was stopped by {StopCause}; the run goes on. Wait again with: "
                    + $"Resume-RunAiStepRun {identity.RunId} -Wait");
                throw;
            }
        }

        WriteObject(run);
        if (failure is not null)
        {
            WriteFailure(failure);
        }
    }

    /// <summary>Puts the run in order after the wait was ended early; null when that leaves it alone.</summary>
    private string? Stop(RunAttendant? attendant) => OnCancel == CancelAction.Leave || attendant is null
        ? null
        : Task.Run(() => attendant.StopAsync(OnCancel, StopCause), CancellationToken.None).GetAwaiter().GetResult();

    private async Task<(StepRun Run, RunAiException? Failure)> AttachAsync(
        RunIdentity identity, string? storeName, Action<RunAttendant> begin, CommandContext context, CancellationToken token)
    {
        using var observer = context.Observe(LogStream);
        using var budget = new TimeBudget(Session.Time, Wait ? Timeout : null, token);
        var attendant = new RunAttendant(context.Services, observer);
        begin(attendant);
        try
        {
            return await attendant.AttachAsync(identity.RunId, storeName, OperatorChoice, Wait, budget.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (budget.IsSpent && !token.IsCancellationRequested)
        {
            context.Log.Verbose($"The time to wait for run {identity.RunId} is over; it goes on.");
            return await attendant.AttachAsync(identity.RunId, storeName, OperatorChoice, follows: false, token).ConfigureAwait(false);
        }
    }
}
