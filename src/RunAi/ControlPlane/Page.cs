namespace RunAi.ControlPlane;

/// <summary>A page of a list, and where the next one starts when the server says so.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, int? Next)
{
    /// <summary>The most rows the API gives in one page.</summary>
    public const int MaxRows = 500;

    /// <summary>
    /// Reads pages until the server names no next one and gives fewer rows than asked for, or <paramref name="max"/> items
    /// are there. Lists change between pages: an item met again, by its key, is taken once.
    /// </summary>
    public static async Task<IReadOnlyList<T>> AllAsync(
        Func<int, int, Task<Page<T>>> read, Func<T, string> key, int max = int.MaxValue)
    {
        var items = new List<T>();
        var met = new HashSet<string>(StringComparer.Ordinal);
        var offset = 0;
        while (items.Count < max)
        {
            var rows = Math.Min(MaxRows, max - items.Count);
            var page = await read(offset, rows).ConfigureAwait(false);
            items.AddRange(page.Items.Where(item => key(item) is not { Length: > 0 } k || met.Add(k)));
            if (page.Items.Count == 0 || (page.Next is null && page.Items.Count < rows) || page.Next <= offset)
            {
                break;
            }

            offset = page.Next ?? offset + page.Items.Count;
        }

        return items;
    }
}
