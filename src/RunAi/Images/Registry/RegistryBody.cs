using RunAi.Content;
using RunAi.Http;

namespace RunAi.Images;

/// <summary>Reads the small bodies of registries: manifests, tokens and errors.</summary>
internal static class RegistryBody
{
    /// <summary>The size up to which registries take manifests (distribution specification), in bytes.</summary>
    private const int Most = 4 << 20;

    /// <exception cref="ImageBuildException">It breaks off, stands still, or is larger than any manifest may be.</exception>
    public static async Task<byte[]> ReadAsync(
        HttpResponseMessage response, string registry, RegistryTransport transport, CancellationToken ct)
    {
        using var stall = new StallTimer(transport.Time, transport.Options.Patience, ct);
        using var body = new MemoryStream();
        try
        {
            using var stream = await HttpPlatform.OpenAsync(response.Content, stall.Token).ConfigureAwait(false);
            using var closing = stall.Token.Register(stream.Dispose);
            var buffer = new byte[1 << 14];
            int read;
            while ((read = await stream.ReadAsync(buffer, 0, buffer.Length, stall.Token).ConfigureAwait(false)) > 0)
            {
                body.Write(buffer, 0, read);
                if (body.Length > Most)
                {
                    throw new ImageBuildException(
                        ErrorIds.ImageBuildFailed,
                        $"The container registry {registry} answered more than {Most >> 20} MiB where a manifest was asked for.");
                }
            }

            return body.ToArray();
        }
        catch (Exception cause) when (cause is OperationCanceledException || RegistryTransport.IsTrouble(cause))
        {
            ct.ThrowIfCancellationRequested();
            throw RegistryTransport.Unreachable(
                registry, cause is OperationCanceledException ? new TimeoutException("stopped in the middle of an answer") : cause);
        }
    }
}
