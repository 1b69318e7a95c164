namespace RunAi;

/// <summary>Does the same with each of many things, several at once.</summary>
internal static class Concurrently
{
    private const int FewAtOnce = 8;

    /// <summary>Does it with all of them. One that fails leaves the others alone.</summary>
    /// <param name="items">The things.</param>
    /// <param name="work">What to do with each.</param>
    /// <param name="atOnce">The most at once.</param>
    /// <returns>What it gave, in the order of the things.</returns>
    public static async Task<TResult[]> SelectAsync<T, TResult>(
        IReadOnlyCollection<T> items, Func<T, Task<TResult>> work, int atOnce = FewAtOnce)
    {
        using var limit = new ConcurrencyLimit(atOnce);
        return await Task.WhenAll(items.Select(item => limit.RunAsync(() => work(item), CancellationToken.None))).ConfigureAwait(false);
    }

    /// <summary>Does it with all of them. One that fails leaves the others alone.</summary>
    /// <param name="items">The things.</param>
    /// <param name="work">What to do with each.</param>
    /// <param name="atOnce">The most at once.</param>
    /// <param name="ct">Ends the waiting of those that have not begun.</param>
    public static async Task ForEachAsync<T>(IReadOnlyCollection<T> items, Func<T, Task> work, int atOnce, CancellationToken ct)
    {
        using var limit = new ConcurrencyLimit(atOnce);
        await Task.WhenAll(items.Select(item => limit.RunAsync(() => work(item), ct))).ConfigureAwait(false);
    }

    /// <summary>
    /// Does it with so many at a time, and with the next ones only when all of those succeeded and more is wanted.
    /// </summary>
    /// <param name="items">The things.</param>
    /// <param name="work">What to do with each.</param>
    /// <param name="take">Gets each thing and what it gave, in the order of the things; false when nothing more is wanted.</param>
    /// <param name="atOnce">How many at a time.</param>
    public static async Task InTurnsAsync<T, TResult>(
        IReadOnlyList<T> items, Func<T, Task<TResult>> work, Func<T, TResult, bool> take, int atOnce)
    {
        for (var from = 0; from < items.Count; from += atOnce)
        {
            var some = items.Skip(from).Take(atOnce).ToArray();
            var results = await Task.WhenAll(some.Select(work)).ConfigureAwait(false);
            for (var i = 0; i < some.Length; i++)
            {
                if (!take(some[i], results[i]))
                {
                    return;
                }
            }
        }
    }
}
