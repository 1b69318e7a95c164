using RunAi.Operators;

namespace RunAi.PowerShell.Binding;

/// <summary>Completes the names of priorities, the lowest first; those of the Run:ai API when the control plane gives none.</summary>
public sealed class PriorityNameCompleter : LiveNameCompleter
{
    // The API describes these in prose; a control plane may have others.
    private protected override IReadOnlyCollection<string> Fallback =>
        ["very-low", "low", "medium-low", "medium", "medium-high", "high", "very-high"];

    private protected override async Task<IEnumerable<(string Name, string Tooltip)>> NamesAsync(
        StepOperatorConnection connection, string typed, CancellationToken cancellationToken)
    {
        var priorities = await connection.Client.ListPrioritiesAsync(cancellationToken).ConfigureAwait(false);
        return priorities.OrderBy(static priority => priority.Value)
            .Select(static priority => (priority.Name, $"{priority.Name} ({priority.Value})"));
    }
}
