using RunAi.Artifacts;
using RunAi.Http;

namespace RunAi.Stacks;

/// <summary>Gets small objects by signed addresses, as a step does: with nothing but the address.</summary>
internal sealed class AddressFetch : IDisposable
{
    private readonly HttpClient _http = new(HttpPlatform.CreateRawHandler()) { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>The object's bytes; null when the address is refused.</summary>
    /// <exception cref="ArtifactException"><see cref="ErrorIds.ArtifactStoreUnreachable"/>: it does not answer.</exception>
    public async Task<byte[]?> GetAsync(Uri address, CancellationToken ct)
    {
        var store = address.GetLeftPart(UriPartial.Authority);
        try
        {
            using var answer = await _http.GetAsync(address, ct).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
            {
                return null;
            }

            using var body = await HttpPlatform.OpenAsync(answer.Content, ct).ConfigureAwait(false);
            using var bytes = new MemoryStream();
            await body.CopyToAsync(bytes, 4096, ct).ConfigureAwait(false);
            return bytes.ToArray();
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            throw StoreErrors.Unreachable(store, "Fetching by a signed address", StoreErrors.Words(broken), broken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
