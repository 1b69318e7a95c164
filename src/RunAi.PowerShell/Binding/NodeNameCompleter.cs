using RunAi.ControlPlane;
using RunAi.Operators;

namespace RunAi.PowerShell.Binding;

/// <summary>Completes the names of nodes.</summary>
public sealed class NodeNameCompleter : LiveNameCompleter
{
    private protected override async Task<IEnumerable<(string Name, string Tooltip)>> NamesAsync(
        StepOperatorConnection connection, string typed, CancellationToken cancellationToken)
    {
        var query = new ListQuery { Filters = Filter.CanExpress(typed) ? [Filter.StartsWith("name", typed)] : [] };
        List<(string, string)> names = [];
        await connection.Client.EachNodeAsync(query, Most, Take, () => true, cancellationToken).ConfigureAwait(false);
        return names;

        Task Take(IReadOnlyList<ControlPlane.Wire.NodeRecord> page)
        {
            names.AddRange(page.Select(static node => (node.Name, $"{node.Name} in {node.NodePool} ({node.Status})")));
            return Task.CompletedTask;
        }
    }
}
