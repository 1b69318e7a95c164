using System.Net;
using System.Text;
using RunAi.Http;

namespace RunAi.ControlPlane;

/// <summary>
/// Stands before the handler that asks for a WebSocket: keeps what is answered instead of one, and has text messages arrive as binary ones.
/// </summary>
internal sealed class UpgradeHandler : DelegatingHandler
{
    private readonly UpgradeRefusal _refusal;

    public UpgradeHandler(HttpMessageHandler inner, UpgradeRefusal refusal)
        : base(inner) => _refusal = refusal;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.SwitchingProtocols)
        {
            var stream = await HttpPlatform.OpenAsync(response.Content, cancellationToken).ConfigureAwait(false);
            response.Content = new DuplexContent(new TextAsBinaryStream(stream));
        }
        else
        {
            _refusal.Status = (int)response.StatusCode;
            _refusal.Body = await BeginningAsync(response, cancellationToken).ConfigureAwait(false);
        }

        return response;
    }

    private static async Task<string> BeginningAsync(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            var stream = await HttpPlatform.OpenAsync(response.Content, ct).ConfigureAwait(false);
            var bytes = new byte[UpgradeRefusal.MostBytes];
            var length = 0;
            int read;
            while (length < bytes.Length && (read = await stream.ReadAsync(bytes.AsMemory(length), ct).ConfigureAwait(false)) > 0)
            {
                length += read;
            }

            return Encoding.UTF8.GetString(bytes, 0, length);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return e.Message;
        }
    }

    /// <summary>A body that is read from and written to; <see cref="StreamContent"/> would only let it be read.</summary>
    private sealed class DuplexContent(Stream stream) : HttpContent
    {
        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult(stream);

        protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => stream;

        protected override Task SerializeToStreamAsync(Stream target, TransportContext? context) => throw new NotSupportedException();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
