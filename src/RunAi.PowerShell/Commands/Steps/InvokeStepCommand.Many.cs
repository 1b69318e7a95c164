using System.Management.Automation;
using RunAi.PowerShell.Pipeline;
using RunAi.Redaction;
using RunAi.Runs;
using RunAi.Runs.Attending;
using RunAi.Stacks;

namespace RunAi.PowerShell.Commands;

/// <content>Piped steps side by side.</content>
public sealed partial class InvokeStepCommand
{
    private readonly List<(Step Step, ResolvedStack Stack)> _waiting = [];

    private readonly List<object> _ended = [];

    private readonly List<RunAiException> _failures = [];

    /// <inheritdoc/>
    protected override void ProcessEnd()
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        var names = KeyedNames();
        var batch = new StepBatch(ThrottleLimit);
        var rows = new (StepRun? Run, RunAiException? Failure)[_waiting.Count];
        using (GuardWork())
        {
            try
            {
                Await((context, token) => RunManyAsync(batch, names, rows, context, token));
            }
            catch (Exception e) when (IsStop(e))
            {
                foreach (var left in Task.Run(() => batch.StopAsync(StopCause), CancellationToken.None).GetAwaiter().GetResult())
                {
                    Host.UI.WriteWarningLine(left);
                }

                throw;
            }
        }

        if (_failures.Count > 0 && !LetsFailuresPass)
        {
            throw _waiting.Count == 1 ? _failures[0] : new RunsFailedException(_ended, _failures, _waiting.Count);
        }
    }

    /// <inheritdoc/>
    protected override bool FailuresAreNonTerminating => ThrottleLimit > 0 ? LetsFailuresPass : base.FailuresAreNonTerminating;

    private bool LetsFailuresPass => (MyInvocation.BoundParameters.ContainsKey("ErrorAction") && ErrorPreference != ActionPreference.Stop)
        || ErrorPreference is ActionPreference.SilentlyContinue or ActionPreference.Ignore;

    private async Task RunManyAsync(
        StepBatch batch, string[] names, (StepRun? Run, RunAiException? Failure)[] rows, CommandContext context, CancellationToken token)
    {
        await batch.RunAsync(_waiting.Count, RunOneAsync, Tell, token).ConfigureAwait(false);
        using var observer = context.Observe(LogStream);
        foreach (var line in RunTable.Lines([.. rows.Select((row, number) => (names[number], row.Run, row.Failure))]))
        {
            observer.OnSummary(AgentCommand.Break(line));
        }

        async Task<(StepRun? Run, RunAiException? Failure)> RunOneAsync(int number, Action<StepInvocation> begin)
        {
            var (step, stack) = _waiting[number];
            using var observer = context.Observe(LogStream, $"[{names[number]}] ");
            var submission = new StepSubmission(context.Services, stack, observer)
            {
                RunKey = RunKey is null ? null : $"{RunKey}/{names[number]}",
                Force = Force,
            };
            var invocation = new StepInvocation(context.Services, submission, observer)
            {
                FailsIfUnschedulable = FailIfUnschedulable,
                OnCancel = OnCancel,
            };
            begin(invocation);
            var connection = await context.ConnectAsync(stack.StepOperator, token).ConfigureAwait(false);
            return await invocation.RunAsync(
                connection, step, plan => ConfirmAsync(submission, plan, context, token), token).ConfigureAwait(false);
        }

        void Tell(int number, StepRun? run, RunAiException? failure)
        {
            rows[number] = (run, failure);
            context.Pump.Post(() => Emit(run, failure));
        }
    }

    private void Emit(StepRun? run, RunAiException? failure)
    {
        if (run is not null)
        {
            _ended.Add(run);
            WriteObject(run);
        }

        if (failure is not null)
        {
            _failures.Add(failure);
            if (LetsFailuresPass)
            {
                WriteFailure(failure);
            }
        }
    }

    /// <summary>The names of the steps, each once: a step that has the name of one before it is counted.</summary>
    private string[] KeyedNames()
    {
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        return [.. _waiting.Select(waiting =>
        {
            seen.TryGetValue(waiting.Step.Name, out var before);
            seen[waiting.Step.Name] = before + 1;
            return before == 0 ? waiting.Step.Name : $"{waiting.Step.Name}-{before + 1}";
        })];
    }
}
