using RunAi.Content;

namespace RunAi.Artifacts;

/// <summary>Fetches several ranges at once and writes them in order. A range that breaks off is fetched on from where it broke.</summary>
internal sealed class PartedDownload
{
    private readonly IDownloadSource _source;
    private readonly StoreOptions _options;
    private readonly TimeProvider _time;
    private readonly PartBuffers _buffers;

    private PartedDownload(IDownloadSource source, StoreOptions options, TimeProvider time, PartBuffers buffers)
    {
        _source = source;
        _options = options;
        _time = time;
        _buffers = buffers;
    }

    public static async Task RunAsync(
        IDownloadSource source, Stream destination, StoreOptions options, TimeProvider time, Action<long> progress, CancellationToken ct)
    {
        using var buffers = new PartBuffers((int)Math.Min(options.PartSize, Math.Max(source.Size, 1)));
        await new PartedDownload(source, options, time, buffers).RunAsync(destination, progress, ct).ConfigureAwait(false);
    }

    private async Task RunAsync(Stream destination, Action<long> progress, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var window = new Queue<Task<(byte[] Bytes, int Count)>>();
        try
        {
            for (long next = 0; next < _source.Size || window.Count > 0;)
            {
                while (next < _source.Size && window.Count < _options.Parallelism)
                {
                    var size = (int)Math.Min(_options.PartSize, _source.Size - next);
                    var fetch = FetchAsync(next, size, stop.Token);
                    window.Enqueue(fetch);
                    next += size;
                }

                var (bytes, count) = await window.Dequeue().ConfigureAwait(false);
                await destination.WriteAsync(bytes, 0, count, ct).ConfigureAwait(false);
                _buffers.Return(bytes);
                progress(count);
            }
        }
        finally
        {
            stop.Cancel();
            await AllEndedAsync(window).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for fetches whose outcome no longer matters: the first failure is on its way already.</summary>
    private static async Task AllEndedAsync(IEnumerable<Task> fetches)
    {
        foreach (var fetch in fetches)
        {
            await Task.WhenAny(fetch).ConfigureAwait(false);
            _ = fetch.Exception;
        }
    }

    private async Task<(byte[] Bytes, int Count)> FetchAsync(long offset, int count, CancellationToken ct)
    {
        var bytes = _buffers.Rent();
        var got = 0;
        for (var retry = 1; ; retry++)
        {
            var before = got;
            try
            {
                using var stall = new StallTimer(_time, _options.Patience, ct);
                using var body = await _source.OpenAsync(offset + got, count - got, stall.Token).ConfigureAwait(false);
                while (got < count)
                {
                    stall.Moved();
                    var read = await body.ReadAsync(bytes, got, count - got, stall.Token).ConfigureAwait(false);
                    got += read > 0 ? read : throw new EndOfStreamException("The answer ended before the range did.");
                }

                return (bytes, count);
            }
            catch (Exception broken) when (broken is not ArtifactException && !ct.IsCancellationRequested)
            {
                retry = got > before ? 1 : retry;
                if (retry > _options.Retries)
                {
                    throw _source.Broken(broken);
                }
            }

            await _time.DelayAsync(_options.DelayBefore(retry), ct).ConfigureAwait(false);
        }
    }
}
