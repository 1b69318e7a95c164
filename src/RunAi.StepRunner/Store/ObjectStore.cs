namespace RunAi.StepRunner.Store;

/// <summary>Reads and writes objects, again and again while the store is away.</summary>
internal sealed class ObjectStore(IReadOnlyDictionary<string, string> putHeaders, RunnerSettings settings, TimeProvider time)
{
    private const int SmallSize = 64 << 20;
    private static readonly GrowingPause Delays = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10));
    private static readonly TimeSpan RefusalPatience = TimeSpan.FromSeconds(2);

    private readonly HttpTransport _http = new(putHeaders, settings.StoreTimeout);
    private readonly FolderTransport _folder = new();

    /// <summary>A small object; null when there is none.</summary>
    public async Task<byte[]?> TryReadAsync(string address, CancellationToken ct)
    {
        using var content = new MemoryStream();
        var buffer = new byte[256 << 10];
        try
        {
            while (content.Length < SmallSize)
            {
                var read = await ReadAsync(address, content.Length, buffer, ct);
                content.Write(buffer, 0, read);
                if (read < buffer.Length)
                {
                    break;
                }
            }
        }
        catch (StoreException e) when (e.Failure == StoreFailure.NotFound)
        {
            return null;
        }

        return content.ToArray();
    }

    /// <summary>Reads until the buffer is full or the object ends; goes on where a cut connection ended.</summary>
    /// <returns>How much was read.</returns>
    public async Task<int> ReadAsync(string address, long offset, Memory<byte> buffer, CancellationToken ct)
    {
        var read = 0;
        var progressed = false;
        await PersistAsync(
            async () => await Transport(address, out var place).ReadAsync(place, offset + read, buffer[read..], Progress, ct),
            () => Interlocked.Exchange(ref progressed, false),
            ct);
        return read;

        void Progress(int count)
        {
            read += count;
            progressed = true;
        }
    }

    public Task WriteAsync(string address, ReadOnlyMemory<byte> content, CancellationToken ct) =>
        WriteAsync(address, content.Length, async (stream, token) => await stream.WriteAsync(content, token), ct);

    /// <summary>Writes an object whose content is made anew for each try.</summary>
    public Task WriteAsync(string address, long length, Func<Stream, CancellationToken, Task> content, CancellationToken ct) =>
        PersistAsync(() => Transport(address, out var place).WriteAsync(place, length, content, ct), () => false, ct);

    /// <summary>Tries only once.</summary>
    public Task WriteOnceAsync(string address, ReadOnlyMemory<byte> content, CancellationToken ct) =>
        Transport(address, out var place).WriteAsync(
            place, content.Length, async (stream, token) => await stream.WriteAsync(content, token), ct);

    private async Task PersistAsync(Func<Task> attempt, Func<bool> progressed, CancellationToken ct)
    {
        var begun = time.GetTimestamp();
        var delay = Delays.First;
        while (true)
        {
            try
            {
                await attempt();
                return;
            }
            catch (StoreException e) when (e.Failure is StoreFailure.Away or StoreFailure.Refused)
            {
                ct.ThrowIfCancellationRequested();
                if (progressed())
                {
                    begun = time.GetTimestamp();
                    delay = Delays.First;
                }

                var wait = e.RetryAfter is { } asked && asked > delay ? asked : delay * (0.75 + (Random.Shared.NextDouble() / 2));
                var patience = e.Failure == StoreFailure.Refused && RefusalPatience < settings.StorePatience
                    ? RefusalPatience
                    : settings.StorePatience;
                if (time.GetElapsedTime(begun) + wait > patience)
                {
                    throw;
                }

                await Task.Delay(wait, time, ct);
                delay = Delays.After(delay);
            }
        }
    }

    private ITransport Transport(string address, out string place)
    {
        if (Address.IsUrl(address))
        {
            place = address;
            return _http;
        }

        place = Address.Path(address);
        return _folder;
    }
}
