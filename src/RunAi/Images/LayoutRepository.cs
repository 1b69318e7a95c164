using System.Security.Cryptography;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using RunAi.Content;
using RunAi.Files;
using RunAi.Json;

namespace RunAi.Images;

/// <summary>A folder in the OCI image layout, version 1.0.0: <c>oci-layout</c>, <c>index.json</c> and <c>blobs/sha256</c>.</summary>
internal sealed class LayoutRepository : IImageRepository
{
    private const string TagAnnotation = "org.opencontainers.image.ref.name";
    private readonly string _folder;

    public LayoutRepository(string folder) => _folder = FullPath.Of(folder, ErrorIds.InvalidImageReference);

    public string Name => "the layout folder " + _folder;

    private string IndexFile => Path.Combine(_folder, "index.json");

    public Task<ManifestDocument> GetManifestAsync(string? reference, CancellationToken ct) => Task.FromResult(Guard(() =>
    {
        if (reference is null)
        {
            return ManifestDocument.Write(Only(ReadIndex()), MediaTypes.OciIndex);
        }

        var digest = Find(reference) ?? throw RegistryErrors.ManifestNotFound(Name, reference, Tags());
        var bytes = File.ReadAllBytes(FileOf(digest));
        return Digest.Of(bytes) == digest
            ? ManifestDocument.Read(bytes, null, Name)
            : throw RegistryErrors.WrongContent(Name, $"the image '{reference}'");
    }));

    public Task<string?> FindManifestAsync(string reference, CancellationToken ct) => Task.FromResult(Guard(() => Find(reference)));

    public async Task<BlobFile> FetchBlobAsync(BlobDescriptor blob, CancellationToken ct)
    {
        var file = FileOf(blob.Digest);
        if (!File.Exists(file))
        {
            throw RegistryErrors.ManifestNotFound(Name, blob.Digest, "");
        }

        var found = new BlobFile(file, blob, temporary: false);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var source = found.Open();
        var buffer = new byte[1 << 16];
        int read;
        while ((read = await source.ReadAsync(buffer, 0, buffer.Length, ct).ConfigureAwait(false)) > 0)
        {
            hash.AppendData(buffer, 0, read);
        }

        return source.Length == blob.Size && Digest.Of(hash) == blob.Digest
            ? found
            : throw RegistryErrors.WrongContent(Name, $"the blob {blob.Digest}");
    }

    public Task<bool> HasBlobAsync(BlobDescriptor blob, CancellationToken ct)
    {
        var file = new FileInfo(FileOf(blob.Digest));
        return Task.FromResult(file.Exists && file.Length == blob.Size);
    }

    public Task<bool> TryMountAsync(BlobDescriptor blob, IImageRepository source, CancellationToken ct) => Task.FromResult(false);

    public async Task PutBlobAsync(BlobFile blob, CancellationToken ct)
    {
        using var source = blob.Open();
        await PutAsync(blob.Descriptor.Digest, source, ct).ConfigureAwait(false);
    }

    public async Task PutManifestAsync(ManifestDocument manifest, string? tag, CancellationToken ct)
    {
        using (var source = new MemoryStream(manifest.Bytes))
        {
            await PutAsync(manifest.Digest, source, ct).ConfigureAwait(false);
        }

        Directory.CreateDirectory(_folder);
        using var held = await LayoutLock.TakeAsync(IndexFile + ".lock", ct).ConfigureAwait(false);
        var index = ReadIndex();
        Enter((JArray)index["manifests"]!, manifest.Descriptor, tag);
        await AtomicFile.WriteAsync(
            Path.Combine(_folder, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""", TimeProvider.System, ct).ConfigureAwait(false);
        await AtomicFile.WriteAsync(IndexFile, index.ToString(Formatting.None), TimeProvider.System, ct).ConfigureAwait(false);
    }

    private static void Enter(JArray entries, BlobDescriptor manifest, string? tag)
    {
        foreach (var entry in entries.OfType<JObject>().Where(e => tag is not null && TagOf(e) == tag).ToArray())
        {
            entry.Remove();
        }

        if (tag is null && entries.OfType<JObject>().Any(e => (string?)e["digest"] == manifest.Digest))
        {
            return;
        }

        var added = manifest.Write();
        if (tag is not null)
        {
            added["annotations"] = new JObject { [TagAnnotation] = tag };
        }

        entries.Add(added);
    }

    private async Task PutAsync(string digest, Stream source, CancellationToken ct)
    {
        var file = FileOf(digest);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        // Shorter than the blob's own name: Windows PowerShell takes paths of 260 characters at most.
        var partial = Path.Combine(Path.GetDirectoryName(file)!, Guid.NewGuid().ToString("N") + ".partial");
        try
        {
            using (var target = new FileStream(partial, FileMode.CreateNew, FileAccess.Write))
            {
                await source.CopyToAsync(target, 1 << 16, ct).ConfigureAwait(false);
            }

            FilePlatform.Replace(partial, file);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private string? Find(string reference)
    {
        if (Digest.IsSha256(reference))
        {
            return File.Exists(FileOf(reference)) ? reference : null;
        }

        var entry = ReadIndex()["manifests"]!.OfType<JObject>().FirstOrDefault(e => TagOf(e) == reference);
        return entry is not null && Digest.IsSha256((string?)entry["digest"]) ? (string?)entry["digest"] : null;
    }

    /// <summary>A layout without a tag stands for its one image, or for one image of several platforms.</summary>
    private JObject Only(JObject index)
    {
        var entries = ((JArray)index["manifests"]!).OfType<JObject>().Where(entry => !ManifestDocument.IsAttestation(entry)).ToArray();
        var distinct = entries.Select(e => (string?)e["digest"]).Distinct().Count();
        return distinct == 1 || (distinct > 1 && entries.All(e => e["platform"] is JObject))
            ? new JObject
            {
                ["schemaVersion"] = 2,
                ["mediaType"] = MediaTypes.OciIndex,
                ["manifests"] = new JArray(entries.GroupBy(e => (string?)e["digest"]).Select(g => g.First())),
            }
            : throw new ImageBuildException(
                ErrorIds.ImageNotFound, distinct == 0
                    ? $"There is no image in {Name}."
                    : $"There are {distinct} images in {Name}. Name one as oci:PATH:TAG or oci:PATH@DIGEST. {Tags()}")
            {
                Target = _folder,
            };
    }

    private string Tags()
    {
        var tags = ReadIndex()["manifests"]!.OfType<JObject>().Select(TagOf).OfType<string>().ToArray();
        return tags.Length == 0 ? "it has no tags" : "its tags are " + string.Join(", ", tags);
    }

    private JObject ReadIndex()
    {
        var text = AtomicFile.Read(IndexFile);
        var index = string.IsNullOrWhiteSpace(text)
            ? new JObject { ["schemaVersion"] = 2, ["mediaType"] = MediaTypes.OciIndex }
            : StrictJson.Parse(text);
        if (index["manifests"] is not JArray)
        {
            index["manifests"] = new JArray();
        }

        return index;
    }

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception cause) when (cause is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ImageBuildException(
                ErrorIds.ImageBuildFailed, $"{Name} cannot be read as an OCI image layout: {cause.Message}", cause)
            {
                Target = _folder,
            };
        }
    }

    private static string? TagOf(JObject entry) => (string?)(entry["annotations"] as JObject)?[TagAnnotation];

    private string FileOf(string digest) => Path.Combine(_folder, "blobs", "sha256", Digest.Hex(digest));
}
