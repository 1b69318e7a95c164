using System.Net;
using System.Security.Cryptography;
using RunAi.Content;
using RunAi.Files;
using RunAi.Http;

namespace RunAi.Images;

/// <summary>Fetches one blob into a temporary file; goes on where a connection broke, and checks size and digest.</summary>
internal sealed class BlobDownload
{
    private readonly RegistryHost _host;
    private readonly string _place;
    private readonly string _target;
    private readonly IReadOnlyList<string> _scopes;
    private readonly BlobDescriptor _blob;

    public BlobDownload(RegistryHost host, string place, string target, IReadOnlyList<string> scopes, BlobDescriptor blob)
    {
        _host = host;
        _place = place;
        _target = target;
        _scopes = scopes;
        _blob = blob;
    }

    /// <exception cref="ImageBuildException">It is not there, is another than its digest says, or breaks off again and again.</exception>
    public async Task<BlobFile> RunAsync(CancellationToken ct)
    {
        var file = BlobFile.NewTemporary();
        try
        {
            using (var target = FilePlatform.OpenPrivate(file, FileMode.CreateNew))
            using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
            {
                await FillAsync(target, hash, ct).ConfigureAwait(false);
                if (target.Length != _blob.Size || Digest.Of(hash) != _blob.Digest)
                {
                    throw RegistryErrors.WrongContent(_place, $"the blob {_blob.Digest}");
                }
            }

            return new BlobFile(file, _blob, temporary: true);
        }
        catch
        {
            File.Delete(file);
            throw;
        }
    }

    private async Task FillAsync(FileStream target, IncrementalHash hash, CancellationToken ct)
    {
        var options = _host.Transport.Options;
        for (var failures = 0; target.Length < _blob.Size || target.Length == 0;)
        {
            var before = target.Length;
            if (await ReadOnAsync(target, hash, ct).ConfigureAwait(false) is not { } trouble)
            {
                return;
            }

            failures = target.Length > before ? 1 : failures + 1;
            if (failures > options.Retries)
            {
                throw RegistryTransport.Unreachable(_host.Name, trouble);
            }

            await _host.Transport.Time.DelayAsync(options.RetryDelay, ct).ConfigureAwait(false);
        }
    }

    /// <returns>What broke the transfer off, or null when the registry sent all it had.</returns>
    private async Task<Exception?> ReadOnAsync(FileStream target, IncrementalHash hash, CancellationToken ct)
    {
        using var response = await _host.SendAsync(
            new RegistryRequest(HttpMethod.Get, _target, _scopes) { From = target.Length }, ct).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw await RegistryErrors.OfAsync(response, _host, _place, $"give the blob {_blob.Digest}", _scopes, ct).ConfigureAwait(false);
        }

        // A server that knows no ranges starts from the beginning: what is here already is passed over.
        var skip = response.StatusCode == HttpStatusCode.PartialContent ? 0 : target.Length;
        using var stall = new StallTimer(_host.Transport.Time, _host.Transport.Options.Patience, ct);
        try
        {
            using var stream = await HttpPlatform.OpenAsync(response.Content, stall.Token).ConfigureAwait(false);
            using var closing = stall.Token.Register(stream.Dispose);
            var buffer = new byte[1 << 16];
            int read;
            while ((read = await stream.ReadAsync(buffer, 0, buffer.Length, stall.Token).ConfigureAwait(false)) > 0)
            {
                stall.Moved();
                var over = (int)Math.Min(skip, read);
                skip -= over;
                hash.AppendData(buffer, over, read - over);
                target.Write(buffer, over, read - over);
                if (target.Length > _blob.Size)
                {
                    return null;
                }
            }

            return target.Length < _blob.Size ? new IOException("The answer ended early.") : null;
        }
        catch (Exception cause) when (cause is OperationCanceledException || RegistryTransport.IsTrouble(cause))
        {
            ct.ThrowIfCancellationRequested();
            return cause is OperationCanceledException ? new TimeoutException("stopped in the middle of a blob") : cause;
        }
    }
}
