namespace RunAi;

/// <summary>Lets so many pieces of work run at once; each other one waits until one of them has ended.</summary>
/// <param name="atOnce">The most at once.</param>
internal sealed class ConcurrencyLimit(int atOnce) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(atOnce);

    /// <summary>Runs a piece of work when it is its turn.</summary>
    /// <param name="work">The work.</param>
    /// <param name="ct">Ends the waiting for the turn; no work begins after it.</param>
    /// <returns>What the work gives.</returns>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        await _slots.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            // A turn may come after its waiting was ended.
            ct.ThrowIfCancellationRequested();
            return await work().ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Runs a piece of work when it is its turn.</summary>
    /// <param name="work">The work.</param>
    /// <param name="ct">Ends the waiting for the turn; no work begins after it.</param>
    public Task RunAsync(Func<Task> work, CancellationToken ct) => RunAsync(
        async () =>
        {
            await work().ConfigureAwait(false);
            return true;
        },
        ct);

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();
}
