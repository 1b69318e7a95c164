using System.Buffers;
using System.Collections.Concurrent;

namespace RunAi.Artifacts;

/// <summary>
/// The buffers of one transfer, used again and again, and by the next transfer after it; no more are made than parts travel at once.
/// </summary>
internal sealed class PartBuffers : IDisposable
{
    private readonly ConcurrentBag<byte[]> _free = [];

    /// <param name="size">What a part has at the most, in bytes.</param>
    public PartBuffers(int size) => Size = size;

    /// <summary>What a part has at the most, in bytes; a buffer may be larger.</summary>
    public int Size { get; }

    public byte[] Rent() => _free.TryTake(out var buffer) ? buffer : ArrayPool<byte>.Shared.Rent(Size);

    /// <summary>Takes a buffer back, of a part that has arrived. One that something might still read or fill stays away.</summary>
    public void Return(byte[] buffer) => _free.Add(buffer);

    /// <summary>Leaves the buffers to other transfers.</summary>
    public void Dispose()
    {
        while (_free.TryTake(out var buffer))
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
