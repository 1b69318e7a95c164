using System.Globalization;

namespace RunAi.Emulator.Api.Listing;

/// <summary>The list parameters of a request: filterBy, search, sortBy, sortOrder, offset, limit.</summary>
internal sealed class ListQuery<T>
{
    private const int DefaultLimit = 50;
    private const int MaximumLimit = 500;
    private readonly Func<T, bool>[] _filters;
    private readonly ListField<T>? _sort;
    private readonly bool _descending;
    private readonly string? _search;

    /// <exception cref="QueryException">A parameter breaks the document's rules.</exception>
    public ListQuery(
        IQueryCollection query,
        IReadOnlyDictionary<string, ListField<T>> fields,
        IReadOnlyDictionary<string, ListField<T>>? sortFields = null,
        bool descending = false)
    {
        _filters = Filter.ParseAll(Joined(query, "filterBy"), fields);
        _search = Joined(query, "search");
        _sort = Joined(query, "sortBy") is { } name
            ? (sortFields ?? fields).GetValueOrDefault(name)
              ?? throw new QueryException($"sortBy: '{name}' is not one of {string.Join(", ", (sortFields ?? fields).Keys)}.")
            : null;
        _descending = Joined(query, "sortOrder") switch
        {
            null => descending,
            "asc" => false,
            "desc" => true,
            var order => throw new QueryException($"sortOrder: '{order}' is neither asc nor desc."),
        };
        Offset = Number(query, "offset", 0, 0, int.MaxValue);
        Limit = Number(query, "limit", DefaultLimit, 1, MaximumLimit);
    }

    public int Offset { get; }

    public int Limit { get; }

    /// <summary>Rows that satisfy every filter and the search, unsorted.</summary>
    public IEnumerable<T> Select(IEnumerable<T> rows, Func<T, IEnumerable<string?>>? searched = null) => rows.Where(row =>
        Array.TrueForAll(_filters, holds => holds(row))
        && (_search is null || searched is null
            || searched(row).Any(text => text?.Contains(_search, StringComparison.OrdinalIgnoreCase) == true)));

    /// <summary>All rows that satisfy the filters, sorted, for lists without pages.</summary>
    public IEnumerable<T> All(IEnumerable<T> rows) => Sort(Select(rows));

    /// <summary>One page of the rows, and the offset of the next if there is one.</summary>
    public (List<T> Items, int? Next) Page(IEnumerable<T> rows, Func<T, IEnumerable<string?>>? searched = null)
    {
        var page = Sort(Select(rows, searched)).Skip(Offset).Take(Limit + 1).ToList();
        if (page.Count <= Limit)
        {
            return (page, null);
        }

        page.RemoveAt(Limit);
        return (page, Offset + Limit);
    }

    private IEnumerable<T> Sort(IEnumerable<T> rows) =>
        _sort is not null ? _sort.Sort(rows, _descending) : _descending ? rows.Reverse() : rows;

    private static string? Joined(IQueryCollection query, string name) =>
        query.TryGetValue(name, out var values) ? string.Join(',', values.ToArray()) : null;

    private static int Number(IQueryCollection query, string name, int absent, int min, int max) => Joined(query, name) switch
    {
        null => absent,
        var text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max => number,
        var text => throw new QueryException($"{name}: '{text}' is not a whole number from {min} to {max}."),
    };
}
