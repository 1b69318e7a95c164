using System.Formats.Tar;
using RunAi.StepRunner.Folders;

namespace RunAi.StepRunner.Outputs;

/// <summary>A folder as a tar stream, made while it is sent and never held whole.</summary>
internal sealed class FolderContent(TarPlan plan) : IContent
{
    private static readonly byte[] Zeros = new byte[1024];

    public long Length => plan.Length;

    public async Task CopyToAsync(Stream destination, long offset, long count, CancellationToken ct)
    {
        var window = new Window(destination, offset, count);
        for (var i = plan.EntryAt(offset); i < plan.Entries.Count && window.Rest > 0; i++)
        {
            var entry = plan.Entries[i];
            await window.WriteAsync(entry.Start, TarPlan.Header(entry), ct);
            var start = entry.Start + entry.HeaderSize;
            if (entry.Type == TarEntryType.RegularFile)
            {
                await window.WriteFileAsync(start, entry.Path, entry.Size, ct);
                await window.WriteAsync(start + entry.Size, Zeros.AsMemory(0, (int)(TarPlan.Padded(entry.Size) - entry.Size)), ct);
            }
        }

        await window.WriteAsync(plan.Length - Zeros.Length, Zeros, ct);
    }

    /// <summary>The range of the stream that is wanted; pieces outside of it are passed over.</summary>
    private sealed class Window(Stream destination, long offset, long count)
    {
        public long Rest { get; private set; } = count;

        private long End => offset + Rest;

        public async Task WriteAsync(long start, ReadOnlyMemory<byte> piece, CancellationToken ct)
        {
            if (Overlap(start, piece.Length, out var from, out var length))
            {
                await destination.WriteAsync(piece.Slice((int)from, (int)length), ct);
                Advance(length);
            }
        }

        public async Task WriteFileAsync(long start, string path, long size, CancellationToken ct)
        {
            if (Overlap(start, size, out var from, out var length))
            {
                await FileContent.CopyAsync(path, destination, from, length, ct);
                Advance(length);
            }
        }

        private bool Overlap(long start, long size, out long from, out long length)
        {
            from = Math.Max(0, offset - start);
            length = Math.Min(start + size, End) - (start + from);
            return length > 0;
        }

        private void Advance(long length)
        {
            offset += length;
            Rest -= length;
        }
    }
}
