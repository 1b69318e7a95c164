using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace RunAi.Images;

/// <summary>
/// Pushes one blob (distribution specification, pushing a blob): a small one in one request, a large one in chunks, or in one request where
/// a registry takes no chunks. When the connection breaks, the registry is asked how much it has, and the rest is sent; where it cannot
/// say, the blob is sent anew.
/// </summary>
internal sealed class BlobUpload
{
    private static readonly HttpMethod Patch = new("PATCH");
    private static readonly Regex Received = new(@"\A(?:bytes=)?0-(?<last>[0-9]+)\z", RegexOptions.CultureInvariant);

    private readonly RegistryHost _host;
    private readonly string _place;
    private readonly string _path;
    private readonly IReadOnlyList<string> _scopes;
    private readonly BlobFile _blob;
    private string _session = "";
    private long _sent;
    private long _furthest;
    private long _chunk;
    private bool _lostCount;
    private bool _takesNoChunks;
    private TimeSpan? _asked;

    public BlobUpload(RegistryHost host, string place, string path, IReadOnlyList<string> scopes, BlobFile blob)
    {
        _host = host;
        _place = place;
        _path = path;
        _scopes = scopes;
        _blob = blob;
    }

    private long Size => _blob.Descriptor.Size;

    /// <exception cref="ImageBuildException">The registry refuses the blob, or cannot be reached for long.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        var options = _host.Transport.Options;
        for (var failures = 0; ;)
        {
            var before = _furthest;
            try
            {
                await SendAsync(ct).ConfigureAwait(false);
                return;
            }
            catch (ImageBuildException broken) when (broken.ErrorId == ErrorIds.RegistryUnreachable)
            {
                failures = _furthest > before ? 1 : failures + 1;
                if (failures > options.Retries)
                {
                    throw;
                }

                _host.Log.Debug($"{broken.Message} The push of {_blob.Descriptor} goes on.");
            }

            await _host.Transport.Time.DelayAsync(_asked ?? options.DelayBefore(failures), ct).ConfigureAwait(false);
            _asked = null;
            await RecoverAsync(ct).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(CancellationToken ct)
    {
        if (_session.Length == 0)
        {
            await BeginAsync(ct).ConfigureAwait(false);
        }

        while (Size > _chunk && _sent < Size && !_takesNoChunks)
        {
            await SendChunkAsync(ct).ConfigureAwait(false);
        }

        if (_session.Length == 0)
        {
            await BeginAsync(ct).ConfigureAwait(false);
        }

        await CompleteAsync(ct).ConfigureAwait(false);
    }

    private async Task BeginAsync(CancellationToken ct)
    {
        using var response = await _host.SendAsync(
            new RegistryRequest(HttpMethod.Post, $"/v2/{_path}/blobs/uploads/", _scopes), ct).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Accepted || response.Headers.Location is null)
        {
            throw await FaultAsync(response, "begin an upload", ct).ConfigureAwait(false);
        }

        var least = response.Headers.TryGetValues("OCI-Chunk-Min-Length", out var told)
            && long.TryParse(told.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : 0;
        _chunk = Math.Max(_host.Transport.Options.ChunkSize, least);
        _sent = 0;
        Follow(response);
    }

    private async Task SendChunkAsync(CancellationToken ct)
    {
        var start = _sent;
        var length = Math.Min(_chunk, Size - start);
        var request = new RegistryRequest(Patch, _session, _scopes)
        {
            Repeatable = false,
            Content = stall =>
            {
                var content = new BlobContent(_blob, start, length, stall);
                content.Headers.TryAddWithoutValidation("Content-Range", $"{start}-{start + length - 1}");
                return content;
            },
        };
        using var response = await _host.SendAsync(request, ct).ConfigureAwait(false);
        if (RefusesChunks(response.StatusCode))
        {
            // What it has of the blob stays behind in a session that the registry sweeps up.
            _host.Log.Debug($"{_place} takes no chunks ({(int)response.StatusCode}): {_blob.Descriptor} goes in one request.");
            _takesNoChunks = true;
            Restart();
            return;
        }

        await EnsureTakenAsync(response, ct).ConfigureAwait(false);
        Follow(response);
        _sent = start + length;
        _furthest = Math.Max(_furthest, _sent);
    }

    private async Task CompleteAsync(CancellationToken ct)
    {
        var start = _sent;
        var separator = _session.IndexOf('?') < 0 ? "?" : "&";
        var request = new RegistryRequest(
            HttpMethod.Put, $"{_session}{separator}digest={Uri.EscapeDataString(_blob.Descriptor.Digest)}", _scopes)
        {
            Repeatable = false,
            Content = stall => new BlobContent(_blob, start, Size - start, stall),
        };
        using var response = await _host.SendAsync(request, ct).ConfigureAwait(false);
        await EnsureTakenAsync(response, ct).ConfigureAwait(false);
    }

    /// <summary>An answer that says that chunks are not taken; that the session is lost or out of step it may say once.</summary>
    private bool RefusesChunks(HttpStatusCode status)
    {
        var isLost = (int)status is 404 or 416;
        var refuses = (int)status is 400 or 405 or 411 or 413 or 415 or 501 || (isLost && _lostCount);
        _lostCount |= isLost;
        return refuses;
    }

    /// <summary>A server in trouble, or one that has lost count, is like a broken connection: it is asked what it has.</summary>
    private async Task EnsureTakenAsync(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        var fault = await FaultAsync(response, $"take the blob {_blob.Descriptor}", ct).ConfigureAwait(false);
        _asked = _host.Transport.AskedToWait(response);
        throw (int)response.StatusCode is 404 or 408 or 416 or 429 or >= 500
            ? new ImageBuildException(ErrorIds.RegistryUnreachable, fault.Message, fault) { Target = _place }
            : fault;
    }

    /// <summary>Finds out how much the registry has; the session is given up where it cannot say.</summary>
    private async Task RecoverAsync(CancellationToken ct)
    {
        if (_session.Length == 0)
        {
            return;
        }

        if (_takesNoChunks)
        {
            Restart();
            return;
        }

        using var response = await _host.SendAsync(new RegistryRequest(HttpMethod.Get, _session, _scopes), ct).ConfigureAwait(false);
        var range = response.Headers.TryGetValues("Range", out var told) ? told.FirstOrDefault() : null;
        if (response.StatusCode == HttpStatusCode.NoContent && Received.Match(range ?? "") is { Success: true } match
            && long.TryParse(match.Groups["last"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last < Size)
        {
            // Registries write "0-0" for nothing, which is also the range of one byte.
            _sent = last == 0 ? 0 : last + 1;
            Follow(response);
        }
        else
        {
            Restart();
        }
    }

    private void Restart()
    {
        _session = "";
        _sent = 0;
    }

    private void Follow(HttpResponseMessage response) => _session = RegistryHost.LocationOf(response) ?? _session;

    private Task<ImageBuildException> FaultAsync(HttpResponseMessage response, string verb, CancellationToken ct) =>
        RegistryErrors.OfAsync(response, _host, _place, verb, _scopes, ct);
}
