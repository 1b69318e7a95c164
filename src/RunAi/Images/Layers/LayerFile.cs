using RunAi.Content;
using RunAi.Files;

namespace RunAi.Images;

/// <summary>Compresses a layer into a file and takes both its digests on the way.</summary>
internal static class LayerFile
{
    /// <param name="file">The new file.</param>
    /// <param name="write">Writes the layer's archive to a stream, and tells the name of each entry before it.</param>
    /// <param name="kept">Blocks that were compressed before; null for none.</param>
    public static PackedLayer Pack(string file, Action<Stream, Action<string>> write, KeptBlocks? kept = null)
    {
        using var target = FilePlatform.OpenPrivate(file, FileMode.CreateNew);
        using var compressed = new HashingStream(target);
        using var gzip = new GzipFile(compressed, kept);
        using var plain = new HashingStream(gzip);
        write(plain, gzip.BeginEntry);
        gzip.Finish();
        return new PackedLayer(
            new BlobDescriptor(MediaTypes.OciLayer, compressed.TakeDigest(), compressed.Length), plain.TakeDigest(), gzip.Blocks);
    }
}
