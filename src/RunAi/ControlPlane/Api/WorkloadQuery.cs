namespace RunAi.ControlPlane;

/// <summary>Which workloads to list, and how (<c>GET /api/v1/workloads</c>).</summary>
internal sealed record WorkloadQuery
{
    /// <summary>Conditions that all must hold, made by <see cref="Filter"/>.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    /// <summary>The field to sort by, or null for the server's order.</summary>
    public string? SortBy { get; init; }

    public bool Descending { get; init; }

    /// <summary>Rows of one page, 1 to 500, or null for the server's 50.</summary>
    public int? Limit { get; init; }

    public int? Offset { get; init; }

    /// <summary>Free text; the server decides what it matches.</summary>
    public string? Search { get; init; }

    /// <summary>True when whoever asks will ask again anyway; see <see cref="ApiRequest.NoRetry"/>.</summary>
    public bool NoRetry { get; init; }

    /// <summary>True for deleted workloads only.</summary>
    public bool Deleted { get; init; }

    /// <summary>The query with its question mark, or nothing.</summary>
    public string ToQuery() => new QueryText()
        .Add("deleted", Deleted ? "true" : null)
        .Add("offset", Offset)
        .Add("limit", Limit)
        .Add("sortOrder", SortBy is null ? null : Descending ? "desc" : "asc")
        .Add("sortBy", SortBy)
        .AddEncoded("filterBy", Filter.Join(Filters))
        .Add("search", Search)
        .ToString();
}
