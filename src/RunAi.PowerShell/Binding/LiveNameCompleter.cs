using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using RunAi.Operators;
using RunAi.PowerShell.Pipeline;
using RunAi.Secrets;

namespace RunAi.PowerShell.Binding;

/// <summary>
/// Completes names that the control plane knows. It waits 300 ms and no longer, and is silent on every failure. It works through a
/// session of this process, or through credentials in environment variables: a vault might ask the user something.
/// </summary>
public abstract class LiveNameCompleter : IArgumentCompleter
{
    /// <summary>At most this many are offered.</summary>
    private protected const int Most = 100;

    /// <summary>What is offered when the control plane gives nothing.</summary>
    private protected virtual IReadOnlyCollection<string> Fallback => [];

    /// <summary>The names that may fit what was typed, each with the tooltip to show beside it.</summary>
    private protected abstract Task<IEnumerable<(string Name, string Tooltip)>> NamesAsync(
        StepOperatorConnection connection, string typed, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public virtual IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var (stack, stepOperator) = (Text(fakeBoundParameters, "Stack"), Text(fakeBoundParameters, "StepOperator"));
        var names = BriefRequest.Get((session, token) => AskAsync(session, stack, stepOperator, Completion.Bare(wordToComplete), token));
        var found = Completion.Of(names, wordToComplete).ToList();
        return found.Count > 0 ? found : Completion.Of(Fallback, wordToComplete);
    }

    private static string? Text(IDictionary bound, string name) =>
        bound.Contains(name) && bound[name] is { } value && value.ToString() is { Length: > 0 } text ? text : null;

    private async Task<IReadOnlyList<(string Name, string Tooltip)>> AskAsync(
        SessionEnvironment session, string? stack, string? stepOperator, string typed, CancellationToken token)
    {
        var resolved = new Configuration(session).StackResolver.Resolve(stack, stepOperator).StepOperator;
        var secrets = new SecretResolver(new NonInteractiveVault(), session.Variable, session.Configured.Secrets);
        var connection = await new StepOperatorConnector(session.Sessions, secrets)
            .ConnectAsync(resolved, SilentLog.Instance, token).ConfigureAwait(false);
        return [.. (await NamesAsync(connection, typed, token).ConfigureAwait(false)).Take(Most)];
    }
}
