using System.Net;

namespace RunAi.StepRunner.Store;

/// <summary>A request's body of known length that is made while it is sent.</summary>
internal sealed class StreamedContent(long length, Func<Stream, CancellationToken, Task> write, StallTimer stall) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using var watched = new WatchedStream(stream, stall);
        await write(watched, cancellationToken);
    }

    protected override bool TryComputeLength(out long computed)
    {
        computed = length;
        return true;
    }
}
