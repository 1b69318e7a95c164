using System.Collections.Concurrent;

namespace RunAi.Artifacts;

/// <summary>The buffers of one transfer, used again and again; no more are made than parts travel at once.</summary>
internal sealed class PartBuffers
{
    private readonly ConcurrentBag<byte[]> _free = [];
    private readonly int _size;

    public PartBuffers(int size) => _size = size;

    public byte[] Rent() => _free.TryTake(out var buffer) ? buffer : new byte[_size];

    public void Return(byte[] buffer) => _free.Add(buffer);
}
