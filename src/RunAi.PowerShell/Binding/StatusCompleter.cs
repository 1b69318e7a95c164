using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using RunAi.Organisation;

namespace RunAi.PowerShell.Binding;

/// <summary>Completes the states of what a command of the organisation lists.</summary>
public sealed class StatusCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Known(commandName.ToUpperInvariant()).Where(text => Completion.Matches(text, wordToComplete))
            .Select(text => Completion.Result(text, text));

    private static IReadOnlyCollection<string> Known(string commandName) => commandName switch
    {
        "GET-RUNAIPROJECT" => OrganisationStatuses.OfProjects,
        "GET-RUNAINODEPOOL" => OrganisationStatuses.OfNodePools,
        "GET-RUNAINODE" => OrganisationStatuses.OfNodes,
        _ => OrganisationStatuses.OfClusters,
    };
}
