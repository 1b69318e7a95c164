using RunAi.Operators;

namespace RunAi.PowerShell.Binding;

/// <summary>Completes the names of clusters.</summary>
public sealed class ClusterNameCompleter : LiveNameCompleter
{
    private protected override async Task<IEnumerable<(string Name, string Tooltip)>> NamesAsync(
        StepOperatorConnection connection, string typed, CancellationToken cancellationToken)
    {
        var clusters = await connection.Client.ListClustersAsync(cancellationToken).ConfigureAwait(false);
        return clusters.Select(static cluster => (cluster.Name, $"{cluster.Name} ({cluster.Status?.State})"));
    }
}
