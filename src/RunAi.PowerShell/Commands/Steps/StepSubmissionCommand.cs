using System.Management.Automation;
using RunAi.PowerShell.Pipeline;
using RunAi.Preflight;
using RunAi.Runs;
using RunAi.Runs.Attending;

namespace RunAi.PowerShell.Commands;

/// <summary>A command that submits a step.</summary>
public abstract class StepSubmissionCommand : StepCommand
{
    private readonly HashSet<string> _judged = new(StringComparer.Ordinal);

    /// <summary>
    /// <para type="description">A text that means one run for ever, for example the build's id and the stage's attempt: a run of this key that exists is
    /// returned and nothing is sent, also when another machine submitted it, does so just now, or died while it did.
    /// One that identifies nothing is refused: a variable that nobody filled in, no letter or digit, an empty part as in /1.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RunKey { get; set; }

    /// <summary><para type="description">With -RunKey: makes a new attempt of a run that is over, also when the step has changed.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The submission of the step that is meant.</summary>
    private protected StepSubmission Submission(CommandContext context, IRunObserver observer) =>
        new(context.Services, ResolvedStack, observer) { RunKey = RunKey, Force = Force };

    /// <summary>Shows what would be submitted and asks the user, unless the user only asks what would be done.</summary>
    private protected async Task<bool> ConfirmAsync(StepSubmission submission, StepPlan plan, CommandContext context, CancellationToken token)
    {
        var isWhatIf = await context.Pump.CallAsync(() => IsWhatIf).ConfigureAwait(false);
        var forecast = isWhatIf ? await ForecastAsync(submission, plan, context, token).ConfigureAwait(false) : "";
        return await context.Pump.CallAsync(() => ShouldSubmit(plan, forecast)).ConfigureAwait(false);
    }

    /// <summary>
    /// Warns of a step that no node pool can ever take, once for what is asked for alike. Whether it can is looked up after the submission, which
    /// it does not keep waiting.
    /// </summary>
    private protected async Task WarnIfItNeverFitsAsync(StepSubmission submission, StepPlan plan, CommandContext context, CancellationToken token)
    {
        if (_judged.Add(SubmissionForecast.ShapeOf(plan))
            && await new SubmissionForecast(submission.Context!.Client).NeverFitsAsync(plan, token).ConfigureAwait(false) is { } why)
        {
            context.Log.Warning($"{plan.WorkloadName} was submitted, but can never run as it is. {why}");
        }
    }

    /// <summary>What would be sent, and what would come of it.</summary>
    private async Task<string> ForecastAsync(StepSubmission submission, StepPlan plan, CommandContext context, CancellationToken token)
    {
        if (plan.Step.NeedsRunner && ResolvedStack.ArtifactStore is { } store)
        {
            // Signing asks a key of the store at most and leaves nothing there; addresses that end too early are warned of.
            var opened = await context.OpenAsync(store, token).ConfigureAwait(false);
            await opened.SignerAsync(ManifestBuilder.Validity(plan.WorkloadTimeout, plan.Deadline), token).ConfigureAwait(false);
        }

        var checks = await new SubmissionForecast(submission.Context!.Client).ChecksAsync(plan, token).ConfigureAwait(false);
        var cache = await submission.ForeseeCacheAsync(plan, token).ConfigureAwait(false);
        return string.Join("\n", [plan.RequestText, .. SubmissionForecast.Lines(checks), .. cache is null ? [] : new[] { cache }]);
    }

    private bool ShouldSubmit(StepPlan plan, string forecast)
    {
        var what = $"Submit workload '{plan.WorkloadName}' to project '{plan.Project.Name}' at {ResolvedStack.StepOperator.RunAiBaseUrl}";
        if (ShouldProcess(what, what + "?", MyInvocation.MyCommand.Name))
        {
            return true;
        }

        if (IsWhatIf)
        {
            WriteInformation(new StepRequestMessage(plan.RequestTo(ResolvedStack.StepOperator.RunAiBaseUrl), forecast), [RunObserver.ShownByHost, StepRequestMessage.Tag]);
        }

        return false;
    }
}
