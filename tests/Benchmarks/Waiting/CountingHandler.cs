namespace RunAi.Benchmarks.Waiting;

/// <summary>Counts the requests about workloads, and the bytes of their answers.</summary>
internal sealed class CountingHandler : DelegatingHandler
{
    private long _requests;
    private long _bytes;

    public CountingHandler()
        : base(new SocketsHttpHandler())
    {
    }

    public long Requests => Interlocked.Read(ref _requests);

    public long Bytes => Interlocked.Read(ref _bytes);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (request.RequestUri!.AbsolutePath.StartsWith("/api/v1/workloads", StringComparison.Ordinal))
        {
            await answer.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
            Interlocked.Increment(ref _requests);
            Interlocked.Add(ref _bytes, answer.Content.Headers.ContentLength ?? 0);
        }

        return answer;
    }
}
