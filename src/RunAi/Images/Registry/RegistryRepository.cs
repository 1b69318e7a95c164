using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using RunAi.Content;

namespace RunAi.Images;

/// <summary>One repository of a registry, over the OCI distribution protocol.</summary>
internal sealed class RegistryRepository : IImageRepository
{
    private readonly RegistryHost _host;
    private readonly string _path;
    private readonly string[] _pull;
    private readonly string[] _push;
    private readonly ConcurrentDictionary<string, bool> _noMountFrom = new(StringComparer.Ordinal);

    public RegistryRepository(RegistryHost host, string path)
    {
        _host = host;
        _path = path;
        _pull = [$"repository:{path}:pull"];
        _push = [$"repository:{path}:pull,push"];
    }

    public string Name => $"{_host.Name}/{_path}";

    public async Task<ManifestDocument> GetManifestAsync(string? reference, CancellationToken ct)
    {
        var wanted = reference ?? "latest";
        var request = new RegistryRequest(HttpMethod.Get, $"/v2/{_path}/manifests/{wanted}", _pull) { Accept = MediaTypes.Manifests };
        using var response = await _host.SendAsync(request, ct).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            throw RegistryErrors.ManifestNotFound(Name, wanted, await RegistryErrors.ToldAsync(response, ct).ConfigureAwait(false));
        }

        if (!response.IsSuccessStatusCode)
        {
            throw await FaultAsync(response, $"give the image '{wanted}'", _pull, ct).ConfigureAwait(false);
        }

        var bytes = await RegistryBody.ReadAsync(response, _host.Name, _host.Transport, ct).ConfigureAwait(false);
        var digest = Digest.Of(bytes);
        if ((Digest.IsSha256(wanted) && wanted != digest) || (Told(response) is { } told && told != digest))
        {
            throw RegistryErrors.WrongContent(Name, $"the image '{wanted}'");
        }

        return ManifestDocument.Read(bytes, response.Content.Headers.ContentType?.MediaType, Name);
    }

    public async Task<string?> FindManifestAsync(string reference, CancellationToken ct)
    {
        var request = new RegistryRequest(HttpMethod.Head, $"/v2/{_path}/manifests/{reference}", _push) { Accept = MediaTypes.Manifests };
        using var response = await _host.SendAsync(request, ct).ConfigureAwait(false);
        return response.IsSuccessStatusCode ? Told(response) ?? (Digest.IsSha256(reference) ? reference : null)
            : response.StatusCode == HttpStatusCode.NotFound ? null
            : throw await FaultAsync(response, $"say whether it has the image '{reference}'", _push, ct).ConfigureAwait(false);
    }

    public Task<BlobFile> FetchBlobAsync(BlobDescriptor blob, CancellationToken ct) =>
        new BlobDownload(_host, Name, $"/v2/{_path}/blobs/{blob.Digest}", _pull, blob).RunAsync(ct);

    public async Task<bool> HasBlobAsync(BlobDescriptor blob, CancellationToken ct)
    {
        using var response = await _host.SendAsync(new RegistryRequest(HttpMethod.Head, $"/v2/{_path}/blobs/{blob.Digest}", _push), ct)
            .ConfigureAwait(false);
        return response.IsSuccessStatusCode
            || (response.StatusCode == HttpStatusCode.NotFound
                ? false
                : throw await FaultAsync(response, $"say whether it has the blob {blob.Digest}", _push, ct).ConfigureAwait(false));
    }

    public async Task<bool> TryMountAsync(BlobDescriptor blob, IImageRepository source, CancellationToken ct)
    {
        if (source is not RegistryRepository other || other._host != _host)
        {
            return false;
        }

        if (_noMountFrom.ContainsKey(other._path))
        {
            return false;
        }

        var target = $"/v2/{_path}/blobs/uploads/?mount={Uri.EscapeDataString(blob.Digest)}&from={Uri.EscapeDataString(other._path)}";
        try
        {
            using var response = await _host.SendAsync(
                new RegistryRequest(HttpMethod.Post, target, [.. _push, .. other._pull]), ct).ConfigureAwait(false);

            // 202 starts an upload in place of the mount; one that is never used is swept up by the registry.
            if (response.StatusCode is HttpStatusCode.Created or HttpStatusCode.Accepted)
            {
                return response.StatusCode == HttpStatusCode.Created;
            }
        }
        catch (ImageBuildException refused) when (refused.ErrorId != ErrorIds.RegistryUnreachable)
        {
            // A mount saves an upload and is needed for nothing: who may not mount may still pull there and push here.
            _host.Log.Debug($"Nothing is mounted from {other.Name}: {refused.Message}");
        }

        _noMountFrom[other._path] = true;
        return false;
    }

    public Task PutBlobAsync(BlobFile blob, CancellationToken ct) => new BlobUpload(_host, Name, _path, _push, blob).RunAsync(ct);

    public async Task PutManifestAsync(ManifestDocument manifest, string? tag, CancellationToken ct)
    {
        var request = new RegistryRequest(HttpMethod.Put, $"/v2/{_path}/manifests/{tag ?? manifest.Digest}", _push)
        {
            Content = _ =>
            {
                var content = new ByteArrayContent(manifest.Bytes);
                content.Headers.ContentType = new MediaTypeHeaderValue(manifest.MediaType);
                return content;
            },
        };
        using var response = await _host.SendAsync(request, ct).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw await FaultAsync(response, "take the image's manifest", _push, ct).ConfigureAwait(false);
        }

        if (Told(response) is { } told && told != manifest.Digest)
        {
            throw RegistryErrors.WrongContent(Name, "the pushed image's digest");
        }
    }

    private Task<ImageBuildException> FaultAsync(
        HttpResponseMessage response, string verb, IReadOnlyList<string> scopes, CancellationToken ct) =>
        RegistryErrors.OfAsync(response, _host, Name, verb, scopes, ct);

    private static string? Told(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Docker-Content-Digest", out var values) && values.FirstOrDefault() is { } digest
        && Digest.IsSha256(digest)
            ? digest
            : null;
}
