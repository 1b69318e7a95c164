using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using RunAi.PowerShell.Pipeline;
using RunAi.Runs;

namespace RunAi.PowerShell.Binding;

/// <summary>Completes the ids of the runs that this machine has recorded, the newest first.</summary>
public sealed class RunIdCompleter : IArgumentCompleter
{
    private const int Most = 30;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var folder = new DirectoryInfo(Path.Combine(StateFolder.Resolve(SessionEnvironment.Current.Variable) ?? "", RunKeys.Runs));
        try
        {
            return [.. folder.EnumerateDirectories()
                .Where(run => Completion.Matches(run.Name, wordToComplete))
                .OrderByDescending(run => run.CreationTimeUtc)
                .Take(Most)
                .Select(run => Completion.Result(run.Name, $"Recorded {run.CreationTime:g}"))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing is recorded here, or nobody may read it.
            return [];
        }
    }
}
