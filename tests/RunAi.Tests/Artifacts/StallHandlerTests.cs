using System.Net;
using Microsoft.Extensions.Time.Testing;
using RunAi.Http;

namespace RunAi.Tests.Artifacts;

/// <summary>A line of 50 KB/s ends an upload, and one that stands still is noticed.</summary>
public sealed class StallHandlerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task SlowLine_ThatMoves_EndsTheUpload()
    {
        var begun = _time.GetUtcNow();
        using var http = Client(new SlowLine(_time, TimeSpan.FromSeconds(50), TimeSpan.FromMinutes(9)));

        using var answer = await http.PutAsync(new Uri("http://store.test/a"), new Pieces(100));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.True(_time.GetUtcNow() - begun > TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Line_ThatStandsStill_EndsTheRequest()
    {
        using var http = Client(new SlowLine(_time, TimeSpan.FromSeconds(70), TimeSpan.Zero));

        var error = await Assert.ThrowsAnyAsync<Exception>(() => http.PutAsync(new Uri("http://store.test/a"), new Pieces(3)));

        Assert.Contains("Nothing moved for 60 s", error.ToString(), StringComparison.Ordinal);
    }

    private HttpClient Client(HttpMessageHandler line) =>
        new(new StallHandler(line, Patience, TimeSpan.FromMinutes(10), _time)) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Takes a piece of the body after each pause, and answers after another.</summary>
    private sealed class SlowLine(FakeTimeProvider time, TimeSpan pause, TimeSpan answer) : HttpMessageHandler
    {
        public const int Piece = 1 << 10;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(new Taker(time, pause, cancellationToken), cancellationToken);
            time.Advance(answer);
            cancellationToken.ThrowIfCancellationRequested();
            return new HttpResponseMessage(HttpStatusCode.Created);
        }
    }

    private sealed class Pieces(int count) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var i = 0; i < count; i++)
            {
                await stream.WriteAsync(new byte[SlowLine.Piece]);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = count * SlowLine.Piece;
            return true;
        }
    }

    private sealed class Taker(FakeTimeProvider time, TimeSpan pause, CancellationToken ct) : MemoryStream
    {
        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Write(buffer, offset, count);
            return Task.CompletedTask;
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            time.Advance(pause);
            ct.ThrowIfCancellationRequested();
            base.Write(buffer, offset, count);
        }
    }
}
