using RunAi.Content;
using RunAi.RunManifest;
using RunAi.Wording;

namespace RunAi.Artifacts;

/// <summary>
/// The artifacts of a store. One that is published lies in a folder named by its digest, so that the same content is stored once; what it
/// is is written last.
/// </summary>
internal sealed class ArtifactLibrary
{
    private const string Root = "artifacts/";

    private readonly IArtifactStore _store;
    private readonly TimeProvider _time;

    /// <param name="store">The store.</param>
    /// <param name="time">The clock; the system's by default.</param>
    public ArtifactLibrary(IArtifactStore store, TimeProvider? time = null) => (_store, _time) = (store, time ?? TimeProvider.System);

    /// <summary>Stores a file or folder, unless the same content is there.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="name">The artifact's name; the file's or folder's own by default.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="ct">Ends the work.</param>
    /// <exception cref="ArtifactException">It cannot be read or stored, or changed while it was.</exception>
    public Task<Artifact> PublishAsync(string path, string? name, Action<ArtifactProgress> progress, CancellationToken ct) =>
        PublishAsync(ArtifactSource.Of(path, ct), name, progress, ct);

    /// <summary>Stores a file, a folder or what is in memory, unless the same content is there.</summary>
    public async Task<Artifact> PublishAsync(ArtifactSource source, string? name, Action<ArtifactProgress> progress, CancellationToken ct)
    {
        var (digest, size) = await MeasureAsync(source, progress, ct).ConfigureAwait(false);
        var folder = Root + Digest.Hex(digest);
        var artifact = new Artifact
        {
            Name = string.IsNullOrEmpty(name) ? source.FileName : name!,
            Uri = $"{_store.Uri}/{folder}",
            Digest = digest,
            Size = size,
            MediaType = source.MediaType,
            FileName = source.FileName,
        };
        if (await _store.FindAsync($"{folder}/{ArtifactDescriptor.Key}", ct).ConfigureAwait(false) is null)
        {
            await StoreAsync(source, $"{folder}/{source.Key}", artifact, progress, ct).ConfigureAwait(false);
            var descriptor = new ArtifactDescriptor
            {
                Name = artifact.Name,
                Digest = digest,
                Size = size,
                MediaType = artifact.MediaType,
                FileName = artifact.FileName,
                Parts = [new ArtifactPart { Key = source.Key, Size = size }],
            };
            await _store.TryCreateAsync($"{folder}/{ArtifactDescriptor.Key}", DescriptorJson.Write(descriptor), ct).ConfigureAwait(false);
        }

        return artifact;
    }

    /// <summary>What a source would be as an artifact; nothing is stored.</summary>
    public static async Task<ArtifactDescriptor> MeasureAsync(ArtifactSource source, string name, CancellationToken ct)
    {
        var (digest, size) = await MeasureAsync(source, _ => { }, ct).ConfigureAwait(false);
        return new ArtifactDescriptor
        {
            Name = name,
            Digest = digest,
            Size = size,
            MediaType = source.MediaType,
            FileName = source.FileName,
        };
    }

    /// <summary>The published artifacts whose names match a pattern with <c>*</c> and <c>?</c>, by name.</summary>
    public async Task<IReadOnlyList<Artifact>> ListAsync(string pattern, CancellationToken ct)
    {
        const string End = "/" + ArtifactDescriptor.Key;
        var found = await _store.ListAsync(Root, ct).ConfigureAwait(false);
        string[] folders = [.. found.Where(stored => stored.Key.EndsWith(End, StringComparison.Ordinal))
            .Select(stored => stored.Key.Substring(0, stored.Key.Length - End.Length))];
        var artifacts = await Concurrently.SelectAsync(folders, folder => FindAsync(folder, ct)).ConfigureAwait(false);
        return [.. artifacts.OfType<Artifact>()
            .Where(artifact => NamePattern.Matches(pattern, artifact.Name))
            .OrderBy(artifact => artifact.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(artifact => artifact.Uri, StringComparer.Ordinal)];
    }

    /// <summary>The artifact at an address in the store.</summary>
    /// <exception cref="ArtifactException"><see cref="ErrorIds.ArtifactNotFound"/>: none is there.</exception>
    public async Task<Artifact> GetAsync(string uri, CancellationToken ct) =>
        await FindAsync(FolderOf(uri), ct).ConfigureAwait(false) ?? throw NotFound(uri);

    /// <summary>Saves an artifact into a folder: a file under its own name, or what a folder holds.</summary>
    /// <param name="artifact">The artifact.</param>
    /// <param name="destination">The folder; made when it is not there.</param>
    /// <param name="force">Replaces files that are there.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="ct">Ends the work.</param>
    /// <returns>The path of the file or folder.</returns>
    public async Task<string> SaveAsync(
        Artifact artifact, string destination, bool force, Action<ArtifactProgress> progress, CancellationToken ct)
    {
        var folder = FolderOf(artifact.Uri);
        var descriptor = await DescriptorAsync(folder, ct).ConfigureAwait(false) ?? throw NotFound(artifact.Uri);
        if (artifact.Digest.Length > 0 && artifact.Digest != descriptor.Digest)
        {
            throw new ArtifactException(
                ErrorIds.ArtifactDamaged, $"The artifact '{artifact.Uri}' is no longer the one that was meant: its digest is "
                + $"{descriptor.Digest}, not {artifact.Digest}. Look at what is there with Get-RunAiArtifact.")
            {
                Target = artifact.Uri,
            };
        }

        return await new ArtifactSaving(_store, folder, artifact, descriptor, progress, _time)
            .RunAsync(destination, force, ct).ConfigureAwait(false);
    }

    private static async Task<(string Digest, long Size)> MeasureAsync(
        ArtifactSource source, Action<ArtifactProgress> progress, CancellationToken ct)
    {
        using var content = new CheckedStream(source.Open());
        var buffer = new byte[1 << 18];
        long size = 0;
        try
        {
            for (int read; (read = await content.ReadAsync(buffer, 0, buffer.Length, ct).ConfigureAwait(false)) > 0;)
            {
                size += read;
                progress(new ArtifactProgress("Reading", source.FileName, size, 0));
            }
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(source, failed);
        }

        return (content.TakeDigest(), size);
    }

    private async Task StoreAsync(
        ArtifactSource source, string key, Artifact artifact, Action<ArtifactProgress> progress, CancellationToken ct)
    {
        using var content = new CheckedStream(source.Open(), artifact.Size);
        var count = new ByteCount(_ => { });
        try
        {
            await _store.UploadAsync(
                key,
                content,
                bytes =>
                {
                    count.Add(bytes);
                    progress(new ArtifactProgress("Uploading", artifact.Name, count.Total, artifact.Size));
                },
                ct).ConfigureAwait(false);
        }
        catch (ArtifactException failed) when (failed.ErrorId == ErrorIds.ArtifactFailed)
        {
            // Somebody else who stores the same content may have finished what both had begun.
            if ((await _store.FindAsync(key, ct).ConfigureAwait(false))?.Size != artifact.Size)
            {
                throw;
            }

            return;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(source, failed);
        }

        if (content.TakeDigest() != artifact.Digest)
        {
            await _store.DeleteAsync([key], ct).ConfigureAwait(false);
            throw Unreadable(source, new IOException("It changed while it was read."));
        }
    }

    private async Task<Artifact?> FindAsync(string folder, CancellationToken ct) =>
        await DescriptorAsync(folder, ct).ConfigureAwait(false) is not { } found ? null : new Artifact
        {
            Name = found.Name,
            Uri = $"{_store.Uri}/{folder}",
            Digest = found.Digest,
            Size = found.Size,
            MediaType = found.MediaType,
            FileName = found.FileName,
        };

    private async Task<ArtifactDescriptor?> DescriptorAsync(string folder, CancellationToken ct)
    {
        var bytes = await _store.ReadAsync($"{folder}/{ArtifactDescriptor.Key}", 0, DescriptorJson.MostBytes, ct).ConfigureAwait(false);
        return bytes is null ? null : DescriptorJson.Read(bytes, $"{_store.Uri}/{folder}");
    }

    private string FolderOf(string uri) => uri.StartsWith(_store.Uri + "/", StringComparison.Ordinal)
        ? StoreKey.Check(uri.Substring(_store.Uri.Length + 1).TrimEnd('/'))
        : throw new ArtifactException(
            ErrorIds.ArtifactNotFound,
            $"'{uri}' is not in the artifact store '{_store.Uri}'. Name the store that it is in with -ArtifactStore.")
        {
            Target = uri,
        };

    private static ArtifactException NotFound(string uri) => new(
        ErrorIds.ArtifactNotFound, $"There is no artifact at '{uri}'. List those of the store with Get-RunAiArtifact.")
    {
        Target = uri,
    };

    private static ArtifactException Unreadable(ArtifactSource source, Exception cause) => new(
        ErrorIds.ArtifactFailed,
        $"'{source.Location}' cannot be published: {cause.Message} Make it readable and leave it alone meanwhile.", cause)
    {
        Target = source.Location,
    };
}
