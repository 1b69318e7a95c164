using System.Collections.Concurrent;
using System.IO.Compression;
using ZstdSharp;

namespace RunAi.Emulator.Execution.Images;

/// <summary>The blobs of layers, fetched once each however many images share them, and held to their digests.</summary>
internal sealed class LayerBlobs(string folder)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _locks = new();

    /// <summary>The file that holds the blob.</summary>
    /// <exception cref="ImageException">It cannot be had, or has another content.</exception>
    public async Task<string> FetchAsync(IImageSource source, Descriptor blob, CancellationToken cancellation)
    {
        var path = Path.Combine(Directory.CreateDirectory(folder).FullName, blob.Hex);
        var turn = _locks.GetOrAdd(blob.Hex, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!File.Exists(path))
            {
                var partial = path + ".partial";
                await DownloadAsync(source, blob, partial, cancellation).ConfigureAwait(false);
                File.Move(partial, path);
            }
        }
        finally
        {
            turn.Release();
        }

        return path;
    }

    /// <summary>The archive inside a blob. How it is packed shows in its first bytes: media types are not always true.</summary>
    public static Stream OpenArchive(string path)
    {
        Span<byte> magic = stackalloc byte[4];
        var file = File.OpenRead(path);
        var read = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return magic[..read] switch
        {
            [0x1F, 0x8B, ..] => new GZipStream(file, CompressionMode.Decompress),
            [0x28, 0xB5, 0x2F, 0xFD] => new DecompressionStream(file, leaveOpen: false),
            _ => file,
        };
    }

    private static async Task DownloadAsync(IImageSource source, Descriptor blob, string path, CancellationToken cancellation)
    {
        var from = new HashingStream(await source.OpenBlobAsync(blob, cancellation).ConfigureAwait(false));
        await using (from.ConfigureAwait(false))
        {
            var to = new FileStream(path, FileMode.Create, FileAccess.Write);
            await using (to.ConfigureAwait(false))
            {
                var buffer = new byte[128 << 10];
                int read;
                while (from.BytesRead <= blob.Size && (read = await from.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
                {
                    await to.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
                }
            }

            if (from.BytesRead != blob.Size || await from.DigestAsync(cancellation).ConfigureAwait(false) != blob.Digest)
            {
                throw new ImageException($"the layer {blob.Digest} has another content");
            }
        }
    }
}
