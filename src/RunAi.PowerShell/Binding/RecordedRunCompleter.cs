using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using RunAi.PowerShell.Loading;
using RunAi.PowerShell.Pipeline;
using RunAi.Runs;
using RunAi.Secrets;
using RunAi.Wording;

namespace RunAi.PowerShell.Binding;

/// <summary>
/// Completes what tells runs apart, from the records of this machine, the newest first. It waits 300 ms and no longer, and is silent on
/// every failure.
/// </summary>
public abstract class RecordedRunCompleter : IArgumentCompleter
{
    private const int Most = 50;

    /// <summary>What to write for a run when this was typed; null for a run that does not fit.</summary>
    private protected abstract string? Word(StepRun run, string typed);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var typed = Completion.Bare(wordToComplete);
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var run in Recorded(run => Word(run, typed) is not null))
        {
            var word = Word(run, typed)!;
            if (words.Add(word))
            {
                yield return Completion.Result(word, Tooltip(run));
            }
        }
    }

    private static string Tooltip(StepRun run) => string.Join(", ", new[]
    {
        $"{run.StepName}: {run.State}",
        run.SubmittedAt is { } at ? $"submitted {Moments.Text(at)}" : null,
        run.ExitCode is { } code ? $"exit code {code}" : null,
        run.RunKey is { } key ? $"key {key}" : null,
        $"run {run.RunId}",
    }.OfType<string>());

    /// <summary>The runs that this machine has recorded and that are wanted, the newest first; none after 300 ms.</summary>
    internal static IReadOnlyList<StepRun> Recorded(Func<StepRun, bool> isWanted) =>
        BriefRequest.Get((session, token) => ReadAsync(session, isWanted, token));

    private static async Task<IReadOnlyList<StepRun>> ReadAsync(
        SessionEnvironment session, Func<StepRun, bool> isWanted, CancellationToken token)
    {
        var services = new RunServices
        {
            Variable = session.Variable,
            Time = session.Time,
            Secrets = new SecretResolver(new NonInteractiveVault(), session.Variable),
            Log = SilentLog.Instance,
            Sessions = session.Sessions,
            Registries = session.Registries,
            Stores = session.Stores,
            StepRunnerFolder = ModuleFolder.StepRunner,
        };
        List<StepRun> runs = [];
        await new RecordedRuns(services).ListAsync(null, isWanted, Most, runs.Add, token).ConfigureAwait(false);
        return runs;
    }
}
