using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using RunAi.Operators;
using RunAi.PowerShell.Errors;
using RunAi.PowerShell.Pipeline;
using RunAi.Runs.Log;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// What every command shares: it can be stopped at any moment, does its asynchronous work off the pipeline thread, and turns
/// each failure into one <see cref="ErrorRecord"/>. A failure that concerns one of many piped inputs does not end the rest.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The engine may call StopProcessing at any time, and the source holds no timer.")]
public abstract class RunAiCommand : PSCmdlet
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly SessionEnvironment _session = SessionEnvironment.Current;
    private volatile bool _isStopped;

    /// <summary>True when the work is being ended: by Ctrl+C, or since a line that it wrote ended the pipeline.</summary>
    protected bool IsStopping => _stopping.IsCancellationRequested;

    /// <summary>True when Ctrl+C was pressed or the pipeline was stopped from outside in another way. An error that ends the pipeline stops nobody.</summary>
    private protected bool IsStopped => _isStopped;

    /// <summary>The environment, clock and connections of the runspace.</summary>
    private protected SessionEnvironment Session => _session;

    /// <summary>The user's configuration.</summary>
    private protected Configuration Configuration => new(_session);

    /// <summary>
    /// True for what ends the work when the pipeline stops: the work's own cancellation, or the engine's refusal to take another line.
    /// </summary>
    private protected bool IsStop(Exception e) => IsStopping && (e is OperationCanceledException or PipelineStoppedException);

    /// <summary>True when the user asks only what would be done.</summary>
    private protected bool IsWhatIf =>
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out var bound)
            ? LanguagePrimitives.IsTrue(bound)
            : LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference"));

    /// <summary>The thing the command works on now, named in errors that name nothing else.</summary>
    protected virtual object? CurrentTarget => null;

    /// <summary>True when a failure on one input leaves the others untouched, and so must not end the pipeline.</summary>
    protected virtual bool FailuresAreNonTerminating => MyInvocation.ExpectingInput;

    /// <summary>Does the command's work for one input.</summary>
    protected abstract void ProcessInput();

    /// <summary>Does the work that needs all inputs.</summary>
    protected virtual void ProcessEnd()
    {
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(ProcessInput);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(ProcessEnd);

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        _isStopped = true;
        _stopping.Cancel();
    }

    /// <summary>Does asynchronous work while the pipeline thread serves its log and its calls.</summary>
    private protected T Await<T>(Func<CommandContext, CancellationToken, Task<T>> work)
    {
        var context = new CommandContext(this, _session);
        return context.Pump.Run(token => work(context, token), _stopping);
    }

    /// <summary>Does asynchronous work through a step operator.</summary>
    private protected T AwaitConnected<T>(StepOperator stepOperator, Func<StepOperatorConnection, CommandContext, CancellationToken, Task<T>> work) =>
        Await(async (context, token) =>
            await work(await context.ConnectAsync(stepOperator, token).ConfigureAwait(false), context, token).ConfigureAwait(false));

    /// <summary>Does asynchronous work that gives no result.</summary>
    private protected void Await(Func<CommandContext, CancellationToken, Task> work) =>
        Await(async (context, token) =>
        {
            await work(context, token).ConfigureAwait(false);
            return true;
        });

    /// <summary>
    /// What holds for errors that the command writes: -ErrorAction where it is given, else the preference variable of the session.
    /// </summary>
    private protected ActionPreference ErrorPreference =>
        LanguagePrimitives.TryConvertTo<ActionPreference>(
            MyInvocation.BoundParameters.TryGetValue("ErrorAction", out var given) ? given : SessionState.PSVariable.GetValue("ErrorActionPreference"),
            out var preference)
            ? preference
            : ActionPreference.Continue;

    /// <summary>Writes a failure as an error that leaves the pipeline running.</summary>
    private protected void WriteFailure(Exception failure, object? target = null) =>
        WriteError(ErrorTable.ToRecord(failure, target ?? CurrentTarget));

    /// <summary>Writes a line of a log; without what a terminal or an agent would take as commands, unless it is wanted raw.</summary>
    private protected void WriteLine(LogLine line, bool raw)
    {
        if (!raw)
        {
            line.Text = LogText.Clean(line.Text, Session.IsUnderAzureDevOps);
        }

        WriteObject(line);
    }

    /// <summary>Writes an object, with its times in the zone of this machine.</summary>
    private protected new void WriteObject(object? item) => base.WriteObject(LocalTimes.Of(item));

    /// <summary>Writes an object, or each of many, with their times in the zone of this machine.</summary>
    private protected new void WriteObject(object? items, bool enumerateCollection)
    {
        if (enumerateCollection && items is IEnumerable each and not (string or IDictionary))
        {
            base.WriteObject(LocalTimes.OfEach(each), enumerateCollection: true);
        }
        else
        {
            WriteObject(items);
        }
    }

    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (OperationCanceledException) when (IsStopping)
        {
            throw new PipelineStoppedException();
        }
        catch (RunAiException failure)
        {
            if (!FailuresAreNonTerminating)
            {
                ThrowTerminatingError(ErrorTable.ToRecord(failure, CurrentTarget));
            }

            WriteFailure(failure);
        }
        catch (Exception fault) when (fault is not (RuntimeException or FlowControlException))
        {
            ThrowTerminatingError(ErrorTable.ToRecord(fault, CurrentTarget));
        }
    }
}
