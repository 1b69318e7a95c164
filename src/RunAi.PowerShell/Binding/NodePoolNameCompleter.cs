using RunAi.Operators;

namespace RunAi.PowerShell.Binding;

/// <summary>Completes the names of node pools.</summary>
public sealed class NodePoolNameCompleter : LiveNameCompleter
{
    private protected override async Task<IEnumerable<(string Name, string Tooltip)>> NamesAsync(
        StepOperatorConnection connection, string typed, CancellationToken cancellationToken)
    {
        var pools = await connection.Client.ListNodePoolsAsync(cancellationToken).ConfigureAwait(false);
        return pools.GroupBy(static pool => pool.Name, StringComparer.Ordinal)
            .Select(static named =>
                (named.Key, $"{named.Key} on {string.Join(", ", named.Select(static nodePool => nodePool.ClusterName))}"));
    }
}
