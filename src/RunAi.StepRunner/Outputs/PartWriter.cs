using RunAi.StepRunner.Store;

namespace RunAi.StepRunner.Outputs;

/// <summary>Stores a content as objects of a largest size, one after the other, and takes its digest on the way.</summary>
internal static class PartWriter
{
    /// <returns>The digest of all, and the sizes of the parts; one empty part for an empty content.</returns>
    /// <exception cref="StoreException">A part could not be stored, or there are too few addresses.</exception>
    /// <exception cref="ContentException">The content can no longer be read.</exception>
    public static async Task<(string Digest, long[] PartSizes)> WriteAsync(
        ObjectStore store, IContent content, IReadOnlyList<string> addresses, long partSize, CancellationToken ct)
    {
        var sizes = Split(content.Length, partSize);
        if (sizes.Length > addresses.Count)
        {
            throw new StoreException(
                StoreFailure.Rejected,
                $"It has {content.Length} bytes, and this run may store {addresses.Count * partSize} at the most ({addresses.Count} parts "
                + $"of {partSize}).");
        }

        using var digest = new RunningDigest();
        var offset = 0L;
        for (var i = 0; i < sizes.Length; i++)
        {
            var (start, size) = (offset, sizes[i]);
            await store.WriteAsync(
                addresses[i],
                size,
                async (destination, token) =>
                {
                    await using var hashed = new HashedStream(destination, digest, start);
                    await content.CopyToAsync(hashed, start, size, token);
                },
                ct);
            offset += size;
        }

        return (digest.Take(), sizes);
    }

    private static long[] Split(long length, long partSize)
    {
        var sizes = new long[(int)Math.Max(1, (length + partSize - 1) / partSize)];
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = Math.Min(partSize, length - (i * partSize));
        }

        return sizes;
    }
}
