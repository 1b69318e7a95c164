namespace RunAi.Organisation;

/// <summary>Which rows of a list somebody wants, in words of the shell.</summary>
internal sealed record ListFilter
{
    public NameFilter Name { get; init; } = NameFilter.Any;

    /// <summary>The name or id of a cluster; null for all.</summary>
    public string? Cluster { get; init; }

    /// <summary>A node pool's name or pattern; null for all.</summary>
    public NameFilter? NodePool { get; init; }

    /// <summary>The states that are wanted; all when there is none.</summary>
    public IReadOnlyCollection<string> Statuses { get; init; } = [];

    /// <summary>The API's field to sort by.</summary>
    public string SortBy { get; init; } = "name";

    public bool Descending { get; init; }

    /// <summary>At most this many.</summary>
    public int Most { get; init; } = int.MaxValue;
}
