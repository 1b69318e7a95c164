using System.Collections.Concurrent;
using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;
using RunAi.Preflight;
using RunAi.Runs;
using RunAi.Runs.Attending;
using RunAi.Stacks;

namespace RunAi.PowerShell.Commands;

/// <summary>A command that submits a step.</summary>
public abstract class StepSubmissionCommand : StepCommand, INotifyingCommand
{
    private readonly ConcurrentDictionary<string, bool> _judged = new(StringComparer.Ordinal);

    /// <summary>
    /// A field of a value type of the library would have it loaded along with this assembly, before the way to it is known.
    /// </summary>
    private object? _onCancel;

    /// <summary>
    /// <para type="description">A text that means one run for ever, for example the build's id and the stage's attempt: a run of this key
    /// that exists is returned and nothing is sent, also when another machine submitted it, does so just now, or died while it did.
    /// One that identifies nothing is refused: a variable that nobody filled in, no letter or digit, an empty part as in /1.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RunKey { get; set; }

    /// <summary>
    /// <para type="description">With -RunKey: makes a new attempt of a run that is over, also when the step has changed.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// <para type="description">What becomes of the workload when the command is ended early, by Ctrl+C, SIGTERM, SIGHUP or the end of the
    /// process that started the shell: Stop suspends it, Leave lets it go on, Delete deletes it; Stop by default.</para>
    /// </summary>
    [Parameter]
    public CancelAction OnCancel
    {
        get => _onCancel is CancelAction given ? given : CancelAction.Stop;
        set => _onCancel = value;
    }

    /// <summary>
    /// <para type="description">Whom the run's end is told to, once, by whichever command sees it first, also on another machine: a
    /// reference to the secret with the address of a web hook, such as {{env:RUNS_WEBHOOK}}, with teams: or slack: before it for a message
    /// in that form; with Invoke-RunAiStep also a script block, which gets the run as $_. A message that does not arrive is a
    /// warning.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public NotificationTarget[] Notify { get; set; } = [];

    /// <summary>The submission of the step that is meant.</summary>
    private protected StepSubmission Submission(CommandContext context, ResolvedStack stack, IRunObserver observer) =>
        new(context.Services, stack, observer) { RunKey = RunKey, Force = Force, Notify = context.Services.Notify };

    /// <summary>Shows what would be submitted and asks the user, unless the user only asks what would be done.</summary>
    private protected async Task<bool> ConfirmAsync(
        StepSubmission submission, StepPlan plan, CommandContext context, CancellationToken token)
    {
        var isWhatIf = await context.Pump.CallAsync(() => IsWhatIf).ConfigureAwait(false);
        var forecast = isWhatIf ? await ForecastAsync(submission, plan, context, token).ConfigureAwait(false) : "";
        return await context.Pump.CallAsync(() => ShouldSubmit(submission, plan, forecast)).ConfigureAwait(false);
    }

    /// <summary>
    /// Warns of a step that no node pool can ever take, once for what is asked for alike. Whether it can is looked up after the submission,
    /// which it does not keep waiting.
    /// </summary>
    private protected async Task WarnIfItNeverFitsAsync(
        StepSubmission submission, StepPlan plan, CommandContext context, CancellationToken token)
    {
        if (_judged.TryAdd(SubmissionForecast.ShapeOf(plan), true)
            && await new SubmissionForecast(submission.Context!.Client).NeverFitsAsync(plan, token).ConfigureAwait(false) is { } why)
        {
            context.Log.Warning($"{plan.WorkloadName} was submitted, but can never run as it is. {why}");
        }
    }

    /// <summary>What would be sent, and what would come of it.</summary>
    private static async Task<string> ForecastAsync(
        StepSubmission submission, StepPlan plan, CommandContext context, CancellationToken token)
    {
        if (plan.Step.NeedsRunner && submission.Stack.ArtifactStore is { } store)
        {
            // Signing asks a key of the store at most and leaves nothing there; addresses that end too early are warned of.
            var opened = await context.OpenAsync(store, token).ConfigureAwait(false);
            await opened.SignerAsync(ManifestBuilder.Validity(plan.WorkloadTimeout, plan.Deadline), token).ConfigureAwait(false);
        }

        var checks = await new SubmissionForecast(submission.Context!.Client).ChecksAsync(plan, token).ConfigureAwait(false);
        var cache = await submission.ForeseeCacheAsync(plan, token).ConfigureAwait(false);
        return string.Join("\n", [plan.RequestText, .. SubmissionForecast.Lines(checks), .. cache is null ? [] : new[] { cache }]);
    }

    private bool ShouldSubmit(StepSubmission submission, StepPlan plan, string forecast)
    {
        var what =
            $"Submit workload '{plan.WorkloadName}' to project '{plan.Project.Name}' at {submission.Stack.StepOperator.RunAiBaseUrl}";
        if (ShouldProcess(what, what + "?", MyInvocation.MyCommand.Name))
        {
            return true;
        }

        if (IsWhatIf)
        {
            WriteInformation(
                new StepRequestMessage(plan.RequestTo(submission.Stack.StepOperator.RunAiBaseUrl), forecast),
                [RunObserver.ShownByHost, StepRequestMessage.Tag]);
        }

        return false;
    }
}
