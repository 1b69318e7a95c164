using System.Runtime.ExceptionServices;
using RunAi.Content;

namespace RunAi.Artifacts;

/// <summary>Reads a stream part by part and stores several parts at once. A stream that fits into one part is stored whole.</summary>
internal sealed class PartedUpload
{
    /// <summary>S3 takes 10,000 parts.</summary>
    private const int MostParts = 9_000;
    private const int Step = 1 << 20;

    private readonly IUploadTarget _target;
    private readonly StoreOptions _options;
    private readonly Action<long> _progress;
    private Exception? _failure;

    private PartedUpload(IUploadTarget target, StoreOptions options, Action<long> progress)
    {
        _target = target;
        _options = options;
        _progress = progress;
    }

    /// <param name="target">The object.</param>
    /// <param name="content">Its bytes; the length, where the stream knows it, decides on the size of a part.</param>
    /// <param name="options">Part size and parallelism.</param>
    /// <param name="progress">Told the bytes of each part that is stored.</param>
    /// <param name="ct">Ends the work.</param>
    public static Task RunAsync(IUploadTarget target, Stream content, StoreOptions options, Action<long> progress, CancellationToken ct) =>
        new PartedUpload(target, options, progress).RunAsync(content, ct);

    private async Task RunAsync(Stream content, CancellationToken ct)
    {
        var rest = content is CheckedStream known ? known.Expected : content.CanSeek ? content.Length - content.Position : null;
        var size = SizeOfPart(rest);
        var isShort = rest < size;
        using var buffers = new PartBuffers(isShort ? (int)rest! + 1 : size);
        var first = buffers.Rent();
        var count = await FillAsync(content, first, buffers.Size, ct).ConfigureAwait(false);
        if (count < buffers.Size)
        {
            await _target.PutWholeAsync(first, count, ct).ConfigureAwait(false);
            buffers.Return(first);
            _progress(count);
            return;
        }

        if (isShort)
        {
            throw new IOException("It became longer while it was read.");
        }

        await _target.BeginAsync(ct).ConfigureAwait(false);
        var parts = await SendAsync(content, buffers, first, ct).ConfigureAwait(false);
        await _target.CompleteAsync(parts, ct).ConfigureAwait(false);
    }

    private async Task<int> SendAsync(Stream content, PartBuffers buffers, byte[] first, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var slots = new SemaphoreSlim(_options.Parallelism);
        var sends = new List<Task>();

        async Task PutAsync(int index, byte[] buffer, int count)
        {
            try
            {
                await _target.PutPartAsync(index, buffer, count, stop.Token).ConfigureAwait(false);
                buffers.Return(buffer);
                _progress(count);
            }
            catch (Exception failure)
            {
                Interlocked.CompareExchange(ref _failure, failure, null);
                stop.Cancel();
            }
            finally
            {
                slots.Release();
            }
        }

        try
        {
            await slots.WaitAsync(ct).ConfigureAwait(false);
            var (buffer, count) = (first, buffers.Size);
            while (count > 0)
            {
                sends.Add(PutAsync(sends.Count, buffer, count));
                await slots.WaitAsync(stop.Token).ConfigureAwait(false);
                buffer = buffers.Rent();
                count = await FillAsync(content, buffer, buffers.Size, stop.Token).ConfigureAwait(false);
            }

            buffers.Return(buffer);
        }
        catch (OperationCanceledException) when (_failure is not null)
        {
            // The part that failed says why, below.
        }
        catch
        {
            stop.Cancel();
            throw;
        }
        finally
        {
            await Task.WhenAll(sends).ConfigureAwait(false);
        }

        if (_failure is not null)
        {
            ExceptionDispatchInfo.Capture(_failure).Throw();
        }

        return sends.Count;
    }

    private int SizeOfPart(long? length)
    {
        var least = (length ?? 0) / MostParts;
        return least <= _options.PartSize ? _options.PartSize : (int)((least / Step) + 1) * Step;
    }

    private static async Task<int> FillAsync(Stream content, byte[] buffer, int size, CancellationToken ct)
    {
        var filled = 0;
        while (filled < size)
        {
            var read = await content.ReadAsync(buffer, filled, size - filled, ct).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            filled += read;
        }

        return filled;
    }
}
