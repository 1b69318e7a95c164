using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using RunAi.Emulator.Seeding;

namespace RunAi.Emulator.Execution.Images;

/// <summary>Pulls images, and keeps what it unpacked until the emulator ends.</summary>
internal sealed class ImageStore(string folder, Seed seed, DockerLogins logins) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(15) })
    {
        Timeout = TimeSpan.FromMinutes(10),
    };

    private readonly LayerBlobs _blobs = new(Path.Combine(folder, "blobs"));
    private readonly ConcurrentDictionary<string, UnpackedImage> _unpacked = new();
    private readonly SemaphoreSlim _unpacking = new(1, 1);

    /// <summary>Whether an image is read at all: one in a layout folder, or in a registry on this machine or of the seed's list.</summary>
    public bool Reaches(ImageName name) =>
        name.Folder is not null || name.IsLoopback || seed.Registries.Contains(name.Registry, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads what an image consists of.</summary>
    /// <exception cref="ImageException">It cannot be had.</exception>
    public async Task<(IImageSource Source, ImageDocument Document)> ReadAsync(
        ImageName name, IEnumerable<string> pullSecrets, CancellationToken cancellation)
    {
        IImageSource source = name.Folder is { } layout
            ? new LayoutSource(layout)
            : new RegistrySource(name, _http, await LoginAsync(name.Registry, pullSecrets, cancellation).ConfigureAwait(false));
        return (source, await ImageDocument.ReadAsync(source, name, cancellation).ConfigureAwait(false));
    }

    /// <summary>Who may pull from a registry, by the pull secrets of a workload or the user's own logins.</summary>
    /// <exception cref="ImageException">The logins cannot be read.</exception>
    public Task<RegistryLogin?> LoginAsync(string registry, IEnumerable<string> pullSecrets, CancellationToken cancellation) =>
        logins.FindAsync(
            registry, pullSecrets.Select(name => seed.Secrets.GetValueOrDefault(name)).OfType<IReadOnlyDictionary<string, string>>(),
            cancellation);

    /// <summary>Fetches and unpacks the layers that RunAi added; null when there are none.</summary>
    /// <exception cref="ImageException">It cannot be had.</exception>
    public async Task<UnpackedImage?> UnpackAsync(ImageName name, IEnumerable<string> pullSecrets, CancellationToken cancellation)
    {
        var (source, document) = await ReadAsync(name, pullSecrets, cancellation).ConfigureAwait(false);
        var own = document.OwnLayers();
        if (own.Count == 0)
        {
            return null;
        }

        await _unpacking.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var key = KeyOf(own.Select(index => document.DiffIds[index]));
            if (!_unpacked.TryGetValue(key, out var known))
            {
                var target = Path.Combine(folder, "images", key);
                await UnpackAsync(source, document, own, target, cancellation).ConfigureAwait(false);
                _unpacked[key] = known = new UnpackedImage(document.Config, target);
            }

            // Images of the same layers may differ in what they say of their containers.
            return known with { Config = document.Config };
        }
        finally
        {
            _unpacking.Release();
        }
    }

    /// <summary>The file of a layer's blob.</summary>
    /// <exception cref="ImageException">It cannot be had, or has another content.</exception>
    public Task<string> FetchAsync(IImageSource source, Descriptor blob, CancellationToken cancellation) =>
        _blobs.FetchAsync(source, blob, cancellation);

    public void Dispose()
    {
        _http.Dispose();
        _unpacking.Dispose();
    }

    private async Task UnpackAsync(
        IImageSource source, ImageDocument document, IReadOnlyList<int> layers, string target, CancellationToken cancellation)
    {
        if (Directory.Exists(target))
        {
            // An earlier attempt failed half-way.
            Directory.Delete(target, recursive: true);
        }

        var unpacker = new LayerUnpacker(new RootFolder(Directory.CreateDirectory(target).FullName));
        foreach (var index in layers)
        {
            var blob = await _blobs.FetchAsync(source, document.Layers[index], cancellation).ConfigureAwait(false);
            var archive = new HashingStream(LayerBlobs.OpenArchive(blob));
            await using (archive.ConfigureAwait(false))
            {
                await unpacker.UnpackAsync(archive, cancellation).ConfigureAwait(false);
                if (await archive.DigestAsync(cancellation).ConfigureAwait(false) != document.DiffIds[index])
                {
                    throw new ImageException(
                        $"the layer {document.Layers[index].Digest} holds another archive than the configuration says");
                }
            }
        }

        unpacker.Finish();
    }

    private static string KeyOf(IEnumerable<string> diffIds) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', diffIds))));
}
