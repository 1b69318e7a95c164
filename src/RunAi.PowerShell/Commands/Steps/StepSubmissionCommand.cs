using System.Management.Automation;
using RunAi.Operators;
using RunAi.PowerShell.Pipeline;
using RunAi.Preflight;
using RunAi.Runs;
using RunAi.Runs.Retries;
using RunAi.Stacks;
using RunAi.Steps;

namespace RunAi.PowerShell.Commands;

/// <summary>A command that submits a step.</summary>
public abstract class StepSubmissionCommand : StepCommand
{
    private StepPlan? _plan;

    /// <summary>
    /// <para type="description">A text that means one run for ever, for example the build's id and the stage's attempt: a run of this key that exists is
    /// returned and nothing is sent, also when another machine submitted it, does so just now, or died while it did.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RunKey { get; set; }

    /// <summary><para type="description">With -RunKey: makes a new attempt of a run that is over, also when the step has changed.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The name of the workload whose creation was asked for, null before that.</summary>
    private protected string? SentWorkload => _plan is { IsSent: true } ? _plan.WorkloadName : null;

    /// <summary>Where the run is recorded, once it is submitted.</summary>
    private protected RunJournal? Journal { get; private set; }

    /// <summary>Submits the step that is meant, unless the user says no or only asks what would be done.</summary>
    private protected async Task<StepRun?> SubmitAsync(StepOperatorConnection connection, CommandContext context, CancellationToken token)
    {
        _plan = null;
        var (step, time, support) = (GivenStep, Session.Time, new RunServices(context));
        var lacking = StackRequirements.Find(ResolvedStack, StackRequirements.NeedsOf(step));
        StepValidation.ThrowIfInvalid(
            step, (step.Settings ?? new StepSettings()).MergedOver(connection.Operator.DefaultSettings), RetryPolicyReader.Violations(step),
            lacking is null ? null : new Violation("Stack", lacking.Message));
        if (lacking is not null)
        {
            throw lacking;
        }

        var store = await support.StoreAsync(ResolvedStack.Stack.ArtifactStore, token).ConfigureAwait(false);
        Journal = await support.JournalAsync(store, token).ConfigureAwait(false);
        var owners = await support.OwnersAsync(token).ConfigureAwait(false);
        var view = new ImageProgressView(context.Pump, this);
        var means = step.NeedsRunner ? support.Means(ResolvedStack, store!, view.Show) : null;
        var submitter = new StepSubmitter(new RunContext(connection, time, Journal, owners, context.Log), means);
        try
        {
            return await submitter.SubmitAsync(step, Request(connection.Operator), ConfirmAsync, token).ConfigureAwait(false);
        }
        finally
        {
            view.End();
        }

        async Task<bool> ConfirmAsync(StepPlan plan)
        {
            _plan = plan;
            var isWhatIf = await context.Pump.CallAsync(() => IsWhatIf).ConfigureAwait(false);
            var forecast = isWhatIf ? await ForecastAsync(connection, submitter, plan, token).ConfigureAwait(false) : "";
            return await context.Pump.CallAsync(() => ShouldSubmit(plan, connection.Operator, forecast)).ConfigureAwait(false);
        }
    }

    /// <summary>What would be sent, and what would come of it.</summary>
    private static async Task<string> ForecastAsync(StepOperatorConnection connection, StepSubmitter submitter, StepPlan plan, CancellationToken token)
    {
        var checks = await new SubmissionForecast(connection.Client).ChecksAsync(plan, token).ConfigureAwait(false);
        var cache = await submitter.ForeseeCacheAsync(plan, token).ConfigureAwait(false);
        return "\n" + string.Join("\n", [plan.RequestText, .. SubmissionForecast.Lines(checks), .. cache is null ? [] : new[] { cache }]);
    }

    private RunRequest Request(RunAi.StepOperator stepOperator) => RunKey is null
        ? new RunRequest(RunId.New(Session.Time))
        : new RunRequest(RunId.FromKey(RunKey, stepOperator.RunAiBaseUrl, stepOperator.ProjectName)) { IsKeyed = true, Force = Force };

    private bool ShouldSubmit(StepPlan plan, RunAi.StepOperator stepOperator, string forecast)
    {
        var what = $"Submit workload '{plan.WorkloadName}' to project '{plan.Project.Name}' at {stepOperator.RunAiBaseUrl}";
        return ShouldProcess(what + forecast, what + "?", MyInvocation.MyCommand.Name);
    }

    private bool IsWhatIf =>
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out var bound)
            ? LanguagePrimitives.IsTrue(bound)
            : LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference"));
}
