using RunAi.Content;
using RunAi.Files;

namespace RunAi.Images;

/// <summary>Compresses a layer into a file and takes both its digests on the way.</summary>
internal static class LayerFile
{
    /// <param name="file">The new file.</param>
    /// <param name="write">Writes the layer's archive.</param>
    public static (BlobDescriptor Descriptor, string DiffId) Pack(string file, Action<Stream> write)
    {
        using var target = FilePlatform.OpenPrivate(file, FileMode.CreateNew);
        using var compressed = new HashingStream(target);
        using var gzip = new GzipFile(compressed);
        using var plain = new HashingStream(gzip);
        write(plain);
        gzip.Finish();
        return (new BlobDescriptor(MediaTypes.OciLayer, compressed.TakeDigest(), compressed.Length), plain.TakeDigest());
    }
}
