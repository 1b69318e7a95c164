namespace RunAi.ControlPlane;

/// <summary>A page of a list, and where the next one starts when the server says so.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, int? Next)
{
    /// <summary>The most rows the API gives in one page.</summary>
    public const int MaxRows = 500;

    /// <summary>All items of a list, or the first <paramref name="max"/>.</summary>
    public static async Task<IReadOnlyList<T>> AllAsync(
        Func<int, int, Task<Page<T>>> read, Func<T, string> key, int max = int.MaxValue)
    {
        var items = new List<T>();
        await EachAsync(read, key, rows =>
        {
            items.AddRange(rows);
            return Task.CompletedTask;
        }, max).ConfigureAwait(false);
        return items;
    }

    /// <summary>
    /// Reads pages until the last (<see cref="PageWalk"/>), or <paramref name="max"/> items were given on, or <paramref name="isEnough"/>
    /// says so after a page. Lists change between pages: an item met again, by its key, is given on once. The next page is asked for when
    /// <paramref name="take"/> is done with the last.
    /// </summary>
    public static async Task EachAsync(
        Func<int, int, Task<Page<T>>> read, Func<T, string> key, Func<IReadOnlyList<T>, Task> take, int max = int.MaxValue,
        Func<bool>? isEnough = null)
    {
        var met = new HashSet<string>(StringComparer.Ordinal);
        var walk = new PageWalk();
        for (var left = max; left > 0;)
        {
            var rows = Math.Min(MaxRows, left);
            var page = await read(walk.Offset, rows).ConfigureAwait(false);
            T[] fresh = [.. page.Items.Where(item => key(item) is not { Length: > 0 } k || met.Add(k))];
            left -= fresh.Length;
            await take(fresh).ConfigureAwait(false);
            if (isEnough?.Invoke() == true || !walk.MoveOn(page.Items.Count, rows, page.Next))
            {
                break;
            }
        }
    }
}
