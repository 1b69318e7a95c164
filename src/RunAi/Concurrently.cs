namespace RunAi.Content;

/// <summary>Does the same with each of many small things, several at once.</summary>
internal static class Concurrently
{
    private const int AtOnce = 8;

    public static async Task<TResult[]> SelectAsync<T, TResult>(IReadOnlyCollection<T> items, Func<T, Task<TResult>> work)
    {
        using var slots = new SemaphoreSlim(AtOnce);
        return await Task.WhenAll(items.Select(async item =>
        {
            await slots.WaitAsync().ConfigureAwait(false);
            try
            {
                return await work(item).ConfigureAwait(false);
            }
            finally
            {
                slots.Release();
            }
        })).ConfigureAwait(false);
    }
}
