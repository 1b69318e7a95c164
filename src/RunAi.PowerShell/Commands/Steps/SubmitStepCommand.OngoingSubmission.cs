using RunAi.Operators;
using RunAi.PowerShell.Pipeline;
using RunAi.Runs;
using RunAi.Stacks;

namespace RunAi.PowerShell.Commands;

/// <content>One submission.</content>
public sealed partial class SubmitStepCommand
{
    /// <summary>The submission of the step that was given when it began.</summary>
    private sealed class OngoingSubmission
    {
        private readonly SubmitStepCommand _command;
        private readonly Step _step;
        private readonly ResolvedStack _stack;
        private readonly string? _prefix;
        private readonly TaskCompletionSource<bool> _confirmed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private StepSubmission? _submission;
        private StepOperatorConnection? _connection;
        private CommandContext? _context;
        private StepRun? _sent;

        /// <param name="command">The command.</param>
        /// <param name="isOneOfMany">True for one that shows no progress, since others do at the same time.</param>
        public OngoingSubmission(SubmitStepCommand command, bool isOneOfMany = false)
        {
            _command = command;
            (_step, _stack, Target) = (command.GivenStep, command.ResolvedStack, command.CurrentTarget);
            _prefix = isOneOfMany ? "" : null;
        }

        /// <summary>What errors name.</summary>
        public object? Target { get; }

        /// <summary>Ends when the user has said yes or no.</summary>
        public Task Confirmed => _confirmed.Task;

        /// <summary>The work, where it was begun to go on between inputs.</summary>
        public Task<StepRun?> Work { get; set; } = null!;

        /// <summary>Submits the step.</summary>
        public async Task<StepRun?> RunAsync(CommandContext context, CancellationToken token)
        {
            _context = context;
            _connection = await context.ConnectAsync(_stack.StepOperator, token).ConfigureAwait(false);
            using var observer = context.Observe(prefix: _prefix);
            var submission = _submission = _command.Submission(context, _stack, observer);
            StepPlan? planned = null;
            _sent = await submission.SubmitAsync(_connection, _step, ConfirmAsync, token).ConfigureAwait(false);
            if (_sent is { WorkloadId: not null })
            {
                observer.OnSubmitted(_sent);
            }

            if (planned is { IsSent: true })
            {
                await _command.WarnIfItNeverFitsAsync(submission, planned, context, token).ConfigureAwait(false);
            }

            return _sent;

            async Task<bool> ConfirmAsync(StepPlan plan)
            {
                planned = plan;
                var isWanted = await _command.ConfirmAsync(submission, plan, context, token).ConfigureAwait(false);
                _confirmed.TrySetResult(isWanted);
                return isWanted;
            }
        }

        /// <summary>Does what is asked for with what was sent.</summary>
        /// <returns>What is left and what to do with it; null when nothing was sent.</returns>
        public async Task<string?> EndAsync(CancelAction action, string how) =>
            _submission is null || _connection is null || _context is null
                ? null
                : await CancelledRun.Of(_submission, _connection, _context.Services.Time)
                    .EndAsync(action, _submission, _sent?.WorkloadId, how).ConfigureAwait(false);
    }
}
