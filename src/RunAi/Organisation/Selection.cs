using RunAi.ControlPlane;

namespace RunAi.Organisation;

/// <summary>
/// Conditions on the rows of a list: those the control plane checks, and those its filters cannot express, which are checked here.
/// </summary>
internal sealed class Selection<T>
{
    private readonly List<string> _filters = [];
    private readonly List<Func<T, bool>> _checks = [];

    /// <summary>Reads a list page by page, as the methods of the client do.</summary>
    public delegate Task Reader(ListQuery query, int most, Func<IReadOnlyList<T>, Task> take, Func<bool> isEnough, CancellationToken ct);

    public Selection<T> Named(string field, Func<T, string> value, NameFilter? wish)
    {
        if (wish is null)
        {
            return this;
        }

        var (filters, isExact) = WildcardFilter.Of(field, wish.Text);
        _filters.AddRange(filters);
        return isExact ? this : Where(row => wish.IsMatch(value(row)));
    }

    public Selection<T> Equal(string field, string? value)
    {
        if (value is not null)
        {
            _filters.Add(Filter.Equal(field, value));
        }

        return this;
    }

    /// <summary>One of several words; the API has no "or", so more than one is checked here.</summary>
    public Selection<T> OneOf(string field, Func<T, string> value, IReadOnlyCollection<string> words) => words.Count switch
    {
        0 => this,
        1 when Filter.CanExpress(words.First()) => Equal(field, words.First()),
        _ => Where(row => words.Contains(value(row), StringComparer.OrdinalIgnoreCase)),
    };

    public Selection<T> Where(Func<T, bool> check)
    {
        _checks.Add(check);
        return this;
    }

    /// <summary>
    /// Gives on what meets all conditions, page by page, and asks for no further page once it was enough.
    /// </summary>
    /// <returns>How many rows were given on.</returns>
    public async Task<int> ReadAsync(ListFilter wish, Reader read, Func<IReadOnlyList<T>, Task> take, CancellationToken ct)
    {
        var given = 0;
        var query = new ListQuery { Filters = _filters, SortBy = wish.SortBy, Descending = wish.Descending };
        await read(query, _checks.Count == 0 ? wish.Most : int.MaxValue, GiveAsync, () => given >= wish.Most, ct).ConfigureAwait(false);
        return given;

        Task GiveAsync(IReadOnlyList<T> page)
        {
            T[] meant = [.. page.Where(row => _checks.TrueForAll(check => check(row))).Take(wish.Most - given)];
            given += meant.Length;
            return meant.Length == 0 ? Task.CompletedTask : take(meant);
        }
    }
}
