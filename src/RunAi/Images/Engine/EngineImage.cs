using System.IO.Compression;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using RunAi.Content;
using RunAi.Files;
using RunAi.Json;
using RunAi.Redaction;

namespace RunAi.Images;

/// <summary>
/// An image read from the archive that an engine saves (<c>manifest.json</c>, a configuration, layers), as a place to build on. Its layers
/// are known by the digests in the configuration, whatever they are called, and are compressed as all of ours are, so that a layer which
/// did not change is the same blob.
/// </summary>
internal sealed class EngineImage : IImageRepository, IDisposable
{
    private const int LargestDocument = 16 << 20;
    private const int TarBlock = 512;
    private readonly Dictionary<string, BlobFile> _layers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _documents = new(StringComparer.Ordinal);
    private readonly LayerCache _cache;
    private ManifestDocument? _manifest;

    private EngineImage(LayerCache cache) => _cache = cache;

    public string Name => "the container engine";

    /// <exception cref="ImageBuildException"><see cref="ErrorIds.ImageBuildFailed"/>: no such archive.</exception>
    public static EngineImage Read(Stream archive, LayerCache cache, CancellationToken ct)
    {
        var image = new EngineImage(cache);
        try
        {
            foreach (var item in TarReader.Read(archive).Where(item => item is { Kind: TarItemKind.File, Content: not null }))
            {
                ct.ThrowIfCancellationRequested();
                image.Take(item.Name, item.Size, item.Content!, ct);
            }

            image._manifest = image.Assemble();
            return image;
        }
        catch (Exception cause) when (cause is JsonException || TarReader.IsNoTar(cause))
        {
            image.Dispose();
            throw Malformed(cause.Message, cause);
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    public Task<ManifestDocument> GetManifestAsync(string? reference, CancellationToken ct) => Task.FromResult(_manifest!);

    public Task<string?> FindManifestAsync(string reference, CancellationToken ct) => Task.FromResult<string?>(_manifest!.Digest);

    public Task<BlobFile> FetchBlobAsync(BlobDescriptor blob, CancellationToken ct)
    {
        if (_layers.Values.FirstOrDefault(layer => layer.Descriptor.Digest == blob.Digest) is { } layer)
        {
            return Task.FromResult(new BlobFile(layer.Location, layer.Descriptor, temporary: false));
        }

        var file = BlobFile.NewTemporary();
        using (var stream = FilePlatform.OpenPrivate(file, FileMode.CreateNew))
        {
            var bytes = _documents.Values.First(document => Digest.Of(document) == blob.Digest);
            stream.Write(bytes, 0, bytes.Length);
        }

        return Task.FromResult(new BlobFile(file, blob, temporary: true));
    }

    public Task<bool> HasBlobAsync(BlobDescriptor blob, CancellationToken ct) => Task.FromResult(true);

    public Task<bool> TryMountAsync(BlobDescriptor blob, IImageRepository source, CancellationToken ct) => Task.FromResult(false);

    public Task PutBlobAsync(BlobFile blob, CancellationToken ct) => throw new NotSupportedException();

    public Task PutManifestAsync(ManifestDocument manifest, string? tag, CancellationToken ct) => throw new NotSupportedException();

    public void Dispose()
    {
        foreach (var layer in _layers.Values)
        {
            layer.Dispose();
        }
    }

    private void Take(string name, long size, Stream content, CancellationToken ct)
    {
        // Engines call a layer by the digest of its archive, or not: the name saves work where it is one that is kept.
        var stem = Path.GetFileNameWithoutExtension(name);
        if (Digest.IsSha256("sha256:" + stem) && _cache.Find("sha256:" + stem) is { } kept)
        {
            _layers["sha256:" + stem] = kept;
            return;
        }

        var head = new byte[2];
        var read = 0;
        for (int more; read < head.Length && (more = content.Read(head, read, head.Length - read)) > 0;)
        {
            read += more;
        }

        using var whole = new PrefixedStream(head, read, content);
        if (head[0] is (byte)'{' or (byte)'[' && size <= LargestDocument)
        {
            using var bytes = new MemoryStream();
            whole.CopyTo(bytes);
            _documents[name] = bytes.ToArray();
        }
        else if (head[0] == 0x1f && head[1] == 0x8b)
        {
            using var plain = new GZipStream(whole, CompressionMode.Decompress);
            Keep(plain, ct);
        }
        else if (size >= TarBlock && size % TarBlock == 0)
        {
            Keep(whole, ct);
        }
    }

    private void Keep(Stream plain, CancellationToken ct)
    {
        var (blob, diffId) = _cache.Add(file => LayerFile.Pack(file, (target, _) => Copy(plain, target, ct)));
        _layers[diffId] = blob;
    }

    private static void Copy(Stream source, Stream target, CancellationToken ct)
    {
        var buffer = new byte[1 << 16];
        int read;
        while ((read = source.Read(buffer, 0, buffer.Length)) > 0)
        {
            ct.ThrowIfCancellationRequested();
            target.Write(buffer, 0, read);
        }
    }

    private ManifestDocument Assemble()
    {
        var list = _documents.TryGetValue("manifest.json", out var told) ? JArray.Parse(System.Text.Encoding.UTF8.GetString(told)) : [];
        var bytes = list.FirstOrDefault() is JObject first && (string?)first["Config"] is { } name
            && _documents.TryGetValue(name, out var found)
            ? found
            : throw Malformed("it names no configuration", null);
        var config = StrictJson.Parse(System.Text.Encoding.UTF8.GetString(bytes));
        var layers = ((config["rootfs"] as JObject)?["diff_ids"] as JArray ?? []).Select(id =>
            _layers.TryGetValue((string?)id ?? "", out var layer)
                ? layer.Descriptor.Write()
                : throw Malformed($"the layer {id} is not in it", null));
        return ManifestDocument.Write(
            new JObject
            {
                ["schemaVersion"] = 2,
                ["mediaType"] = MediaTypes.OciManifest,
                ["config"] = new BlobDescriptor(MediaTypes.OciConfig, Digest.Of(bytes), bytes.Length).Write(),
                ["layers"] = new JArray(layers),
            },
            MediaTypes.OciManifest);
    }

    private static ImageBuildException Malformed(string what, Exception? cause) => new(
        ErrorIds.ImageBuildFailed, $"The archive that the container engine gave of the image cannot be used: {CleanText.Of(what)}.", cause);
}
