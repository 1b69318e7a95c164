using System.Net;
using System.Net.Http.Headers;
using RunAi.Content;

namespace RunAi.Images;

/// <summary>A part of a file on its way to a registry.</summary>
internal sealed class BlobContent : HttpContent
{
    private readonly BlobFile _file;
    private readonly long _start;
    private readonly long _length;
    private readonly StallTimer _stall;

    public BlobContent(BlobFile file, long start, long length, StallTimer stall)
    {
        _file = file;
        _start = start;
        _length = length;
        _stall = stall;
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        Headers.ContentLength = length;
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        using var source = _file.Open();
        source.Seek(_start, SeekOrigin.Begin);
        var buffer = new byte[1 << 16];
        for (var rest = _length; rest > 0;)
        {
            var read = await source.ReadAsync(buffer, 0, (int)Math.Min(buffer.Length, rest), _stall.Token).ConfigureAwait(false);
            if (read == 0)
            {
                throw new IOException($"{_file.Location} became shorter while it was sent.");
            }

            await stream.WriteAsync(buffer, 0, read, _stall.Token).ConfigureAwait(false);
            _stall.Moved();
            rest -= read;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }
}
