using RunAi.Files;

namespace RunAi.Images;

/// <summary>
/// Stores an assembled image: what is there is left alone, what another repository of the registry has is mounted, the rest sent.
/// </summary>
internal sealed class ImagePush
{
    private readonly IImageRepository _source;
    private readonly IImageRepository _target;
    private readonly RegistryOptions _options;
    private readonly Action<ImageProgress> _tell;
    private long _uploaded;

    public ImagePush(IImageRepository source, IImageRepository target, RegistryOptions options, Action<ImageProgress> tell)
    {
        _source = source;
        _target = target;
        _options = options;
        _tell = tell;
    }

    /// <summary>The bytes of the blobs that were sent.</summary>
    public long Uploaded => Interlocked.Read(ref _uploaded);

    public async Task RunAsync(BaseImage image, IReadOnlyList<AddedLayer> added, ImageAssembly assembly, string? tag, CancellationToken ct)
    {
        if (await _target.FindManifestAsync(assembly.Manifest.Digest, ct).ConfigureAwait(false) is null)
        {
            await PutBlobsAsync(image, added, assembly, ct).ConfigureAwait(false);
            await _target.PutManifestAsync(assembly.Manifest, tag, ct).ConfigureAwait(false);
        }
        else if (tag is not null && await _target.FindManifestAsync(tag, ct).ConfigureAwait(false) != assembly.Manifest.Digest)
        {
            await _target.PutManifestAsync(assembly.Manifest, tag, ct).ConfigureAwait(false);
        }
    }

    private async Task PutBlobsAsync(BaseImage image, IReadOnlyList<AddedLayer> added, ImageAssembly assembly, CancellationToken ct)
    {
        var work = added.Select(layer => (Func<CancellationToken, Task>)(token => PutAsync(layer.Blob, token)))
            .Concat(image.Layers.Where(layer => !layer.IsElsewhere).GroupBy(layer => layer.Digest)
                .Select(same => (Func<CancellationToken, Task>)(token => CopyAsync(same.First(), token))))
            .Append(token => PutConfigAsync(assembly, token))
            .ToArray();
        using var limit = new ConcurrencyLimit(_options.Parallel);
        using var failing = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var done = 0;

        async Task RunOneAsync(Func<CancellationToken, Task> item)
        {
            try
            {
                await item(failing.Token).ConfigureAwait(false);
                _tell(new ImageProgress($"Storing layers in {_target.Name}", 20 + (75 * Interlocked.Increment(ref done) / work.Length)));
            }
            catch
            {
                failing.Cancel();
                throw;
            }
        }

        var all = work.Select(item => limit.RunAsync(() => RunOneAsync(item), failing.Token)).ToArray();
        try
        {
            await Task.WhenAll(all).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested && all.FirstOrDefault(t => t.IsFaulted) is { } first)
        {
            // One failed and took the others with it: its error counts.
            await first.ConfigureAwait(false);
        }
    }

    private async Task PutAsync(BlobFile blob, CancellationToken ct)
    {
        if (!await _target.HasBlobAsync(blob.Descriptor, ct).ConfigureAwait(false))
        {
            await UploadAsync(blob, ct).ConfigureAwait(false);
        }
    }

    private async Task CopyAsync(BlobDescriptor layer, CancellationToken ct)
    {
        if (await _target.HasBlobAsync(layer, ct).ConfigureAwait(false)
            || await _target.TryMountAsync(layer, _source, ct).ConfigureAwait(false))
        {
            return;
        }

        using var blob = await _source.FetchBlobAsync(layer, ct).ConfigureAwait(false);
        await UploadAsync(blob, ct).ConfigureAwait(false);
    }

    private async Task PutConfigAsync(ImageAssembly assembly, CancellationToken ct)
    {
        using var blob = new BlobFile(BlobFile.NewTemporary(), assembly.ConfigDescriptor, temporary: true);
        using (var file = FilePlatform.OpenPrivate(blob.Location, FileMode.CreateNew))
        {
            file.Write(assembly.Config, 0, assembly.Config.Length);
        }

        await PutAsync(blob, ct).ConfigureAwait(false);
    }

    private async Task UploadAsync(BlobFile blob, CancellationToken ct)
    {
        await _target.PutBlobAsync(blob, ct).ConfigureAwait(false);
        Interlocked.Add(ref _uploaded, blob.Descriptor.Size);
    }
}
