namespace RunAi.ControlPlane;

/// <summary>Which rows of a list of the organisation to ask for, and in which order.</summary>
internal sealed record ListQuery
{
    /// <summary>Conditions that all must hold, made by <see cref="Filter"/>.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    /// <summary>The field to sort by. Pages need an order, so that rows do not change places between them.</summary>
    public string SortBy { get; init; } = "name";

    public bool Descending { get; init; }

    /// <summary>The query of one page, with its question mark.</summary>
    public string ToQuery(int offset, int limit) => new QueryText()
        .Add("offset", offset)
        .Add("limit", limit)
        .Add("sortOrder", Descending ? "desc" : "asc")
        .Add("sortBy", SortBy)
        .AddEncoded("filterBy", Filter.Join(Filters))
        .ToString();
}
