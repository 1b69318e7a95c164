using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using RunAi.Configuration;
using RunAi.Operators;
using RunAi.PowerShell.Errors;
using RunAi.PowerShell.Pipeline;
using RunAi.Processes;
using RunAi.Runs;
using RunAi.Runs.Log;
using RunAi.Secrets;

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
    private volatile TerminationCause? _ended;

    /// <summary>True when the work is being ended: by Ctrl+C, or since a line that it wrote ended the pipeline.</summary>
    protected bool IsStopping => _stopping.IsCancellationRequested;

    /// <summary>
    /// True when Ctrl+C was pressed or the pipeline was stopped from outside in another way. An error that ends the pipeline stops nobody.
    /// </summary>
    private protected bool IsStopped => _isStopped;

    /// <summary>What is ending the work, in words that go on after "by".</summary>
    private protected string StopCause => _ended?.Text ?? (_isStopped ? RunStop.Interrupt : "the end of the pipeline");

    /// <summary>The environment, clock and connections of the runspace.</summary>
    private protected SessionEnvironment Session => _session;

    /// <summary>The user's configuration.</summary>
    private protected Configuration Configuration => new(_session);

    /// <summary>The scope that was given; null when it was left out.</summary>
    private protected ConfigurationScope? GivenScope(RegistrationScope scope) =>
        !MyInvocation.BoundParameters.ContainsKey("Scope") ? null
        : scope == RegistrationScope.Session ? ConfigurationScope.Session
        : ConfigurationScope.User;

    /// <summary>Where a secret stays that is given as an object to what is registered; null for the vault.</summary>
    private protected SessionSecrets? SecretsOf(RegistrationScope scope) =>
        scope == RegistrationScope.Session ? _session.Configured.Secrets : null;

    /// <summary>The user's configuration, for a command that registers something.</summary>
    /// <param name="scope">Where it goes; null for the user's configuration file.</param>
    private protected Configuration ConfigurationOf(ConfigurationScope? scope) => new(_session, scope);

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

    /// <summary>
    /// Watches over work that leaves something behind, or that is to say how to go on: a process that is told to end (SIGTERM, SIGHUP, the
    /// end of its parent) has it stopped as Ctrl+C does, and then ends.
    /// </summary>
    /// <returns>To be disposed when the work has ended, or was put in order.</returns>
    private protected IDisposable GuardWork() => TerminationGuard.Begin(
        cause =>
        {
            (_ended, _isStopped) = (cause, true);
            _stopping.Cancel();
        },
        ScriptHost.EndsWithItsScript(Host.Name));

    /// <summary>Does asynchronous work while the pipeline thread serves its log and its calls.</summary>
    private protected T Await<T>(Func<CommandContext, CancellationToken, Task<T>> work)
    {
        var context = new CommandContext(this, _session);
        return context.Pump.Run(token => work(context, token), _stopping);
    }

    /// <summary>Begins asynchronous work that goes on between inputs. <see cref="Serve"/> lets it use the pipeline thread.</summary>
    /// <param name="context">That of all such works of the command.</param>
    /// <param name="work">The work.</param>
    private protected Task<T> Begin<T>(CommandContext context, Func<CommandContext, CancellationToken, Task<T>> work) =>
        Task.Run(() => work(context, _stopping.Token), CancellationToken.None);

    /// <summary>Serves works that were begun until one of them has ended.</summary>
    /// <param name="context">That of the works.</param>
    /// <param name="until">The work that is waited for.</param>
    private protected void Serve(CommandContext context, Task until) => context.Pump.Serve(until, _stopping)?.Throw();

    /// <summary>Cancels works that were begun, and waits until all have ended. They can write nothing more.</summary>
    /// <param name="context">That of the works.</param>
    /// <param name="works">The works.</param>
    private protected void Cancel(CommandContext context, IEnumerable<Task> works)
    {
        _stopping.Cancel();
        context.Pump.Serve(Task.WhenAll(works), _stopping);
    }

    /// <summary>Does asynchronous work through a step operator.</summary>
    private protected T AwaitConnected<T>(
        StepOperator stepOperator, Func<StepOperatorConnection, CommandContext, CancellationToken, Task<T>> work) =>
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
            MyInvocation.BoundParameters.TryGetValue("ErrorAction", out var given)
                ? given
                : SessionState.PSVariable.GetValue("ErrorActionPreference"),
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
