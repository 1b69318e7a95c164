using System.Net;
using RunAi.Content;

namespace RunAi.Http;

/// <summary>
/// Ends a request that stands still, and none that is merely slow: each piece of the body that the connection takes begins its time anew.
/// It ends when the answer's head is there; who reads the body watches that.
/// </summary>
internal sealed class StallHandler : DelegatingHandler
{
    private readonly TimeSpan _patience;
    private readonly TimeSpan _answer;
    private readonly TimeProvider _time;

    /// <param name="inner">Sends the request.</param>
    /// <param name="patience">How long the body may stand still, and how long the answer to a request without one may take.</param>
    /// <param name="answer">How long the answer may take after a body: its last bytes may still be in buffers on the way.</param>
    /// <param name="time">The clock.</param>
    public StallHandler(HttpMessageHandler inner, TimeSpan patience, TimeSpan answer, TimeProvider time)
        : base(inner)
    {
        _patience = patience;
        _answer = answer;
        _time = time;
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var stall = new StallTimer(_time, _patience, cancellationToken);
        if (request.Content is { } content)
        {
            request.Content = new WatchedContent(content, stall, _answer);
        }

        try
        {
            return await base.SendAsync(request, stall.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stall.Token.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"Nothing moved for {_patience.TotalSeconds:0} s.");
        }
    }

    private sealed class WatchedContent : HttpContent
    {
        private readonly HttpContent _inner;
        private readonly StallTimer _stall;
        private readonly TimeSpan _answer;

        public WatchedContent(HttpContent inner, StallTimer stall, TimeSpan answer)
        {
            _inner = inner;
            _stall = stall;
            _answer = answer;
            foreach (var header in inner.Headers)
            {
                Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await _inner.CopyToAsync(new WatchedStream(stream, _stall)).ConfigureAwait(false);
            _stall.Moved(_answer);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _inner.Headers.ContentLength ?? 0;
            return _inner.Headers.ContentLength is not null;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
