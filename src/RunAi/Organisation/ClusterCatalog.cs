using RunAi.ControlPlane.Wire;
using RunAi.Operators;

namespace RunAi.Organisation;

/// <summary>Finds clusters. The API gives them in one list without filters, so that all choosing and sorting is done here.</summary>
internal sealed class ClusterCatalog
{
    private readonly StepOperatorConnection _connection;

    public ClusterCatalog(StepOperatorConnection connection) => _connection = connection;

    /// <summary>The clusters that are wanted, in the order that is wanted.</summary>
    public async Task<IReadOnlyList<Cluster>> ListAsync(ListFilter wish, CancellationToken ct)
    {
        var listed = await _connection.Client.ListClustersAsync(ct).ConfigureAwait(false);
        var meant = Sorted(listed, wish)
            .Where(cluster => wish.Name.IsMatch(cluster.Name))
            .Where(cluster => wish.Statuses.Count == 0 || wish.Statuses.Contains(StatusOf(cluster), StringComparer.OrdinalIgnoreCase))
            .Take(wish.Most)
            .ToList();
        if (meant.Count == 0)
        {
            return [];
        }

        var census = await GpuInventory.TakeAsync(
            _connection.Client, null, [GpuInventory.All, GpuInventory.Free], ct).ConfigureAwait(false);
        return [.. meant.Select(cluster => Describe(cluster, census))];
    }

    /// <summary>The id of a cluster that is given by name or id; null for null.</summary>
    /// <exception cref="RunAiException"><see cref="ErrorIds.ClusterNotFound"/>.</exception>
    public async Task<string?> IdAsync(string? nameOrId, CancellationToken ct)
    {
        if (nameOrId is null || Guid.TryParse(nameOrId, out _))
        {
            return nameOrId;
        }

        var clusters = await _connection.Client.ListClustersAsync(ct).ConfigureAwait(false);
        return clusters.FirstOrDefault(cluster => string.Equals(cluster.Name, nameOrId, StringComparison.OrdinalIgnoreCase))?.Uuid
            ?? throw await NotFoundAsync(nameOrId, ct).ConfigureAwait(false);
    }

    /// <summary>The failure of a look-up by name.</summary>
    public async Task<RunAiException> NotFoundAsync(string name, CancellationToken ct) => OrganisationErrors.NotFound(
        ErrorIds.ClusterNotFound, "cluster", _connection.Operator, name,
        [.. (await _connection.Client.ListClustersAsync(ct).ConfigureAwait(false)).Select(static cluster => cluster.Name)]);

    private static string StatusOf(ClusterRecord cluster) => cluster.Status?.State ?? "";

    private static IEnumerable<ClusterRecord> Sorted(IReadOnlyList<ClusterRecord> clusters, ListFilter wish)
    {
        var sorted = wish.SortBy.ToUpperInvariant() switch
        {
            "STATUS" => clusters.OrderBy(StatusOf, StringComparer.OrdinalIgnoreCase).ThenBy(c => c.Name, StringComparer.OrdinalIgnoreCase),
            "VERSION" =>
                clusters.OrderBy(c => c.Version, StringComparer.OrdinalIgnoreCase).ThenBy(c => c.Name, StringComparer.OrdinalIgnoreCase),
            "CREATEDAT" => clusters.OrderBy(c => c.CreatedAt),
            _ => clusters.OrderBy(c => c.Name, StringComparer.OrdinalIgnoreCase),
        };
        return wish.Descending ? sorted.Reverse() : sorted;
    }

    private Cluster Describe(ClusterRecord record, GpuInventory census) => new()
    {
        ClusterId = record.Uuid,
        Name = record.Name,
        Status = StatusOf(record),
        Version = record.Version,
        KubernetesVersion = record.Status?.Platform?.KubeVersion,
        Platform = record.Status?.Platform?.Type,
        Domain = record.Domain,
        GpuCount = census.Count(GpuInventory.All, record.Uuid),
        GpuFree = census.Count(GpuInventory.Free, record.Uuid),
        LastSeenAt = record.LastLiveness,
        CreatedAt = record.CreatedAt,
        StepOperator = _connection.Operator.Name,
    };
}
