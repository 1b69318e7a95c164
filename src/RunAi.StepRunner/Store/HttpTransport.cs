using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using RunAi.StepRunner.Reporting;

namespace RunAi.StepRunner.Store;

/// <summary>A store behind pre-signed URLs.</summary>
internal sealed class HttpTransport(IReadOnlyDictionary<string, string> putHeaders, TimeSpan timeout) : ITransport
{
    /// <summary>
    /// From this size on the store is asked before the body is sent, so that a refusal is heard and not drowned in a cut connection.
    /// </summary>
    private const long AskFirstSize = 1 << 20;

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxConnectionsPerServer = 32,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public async Task ReadAsync(string address, long offset, Memory<byte> buffer, Action<int> progress, CancellationToken ct)
    {
        using var stall = new StallTimer(timeout, ct);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Range = new RangeHeaderValue(offset, offset + buffer.Length - 1);
        await AttemptAsync(
            async () =>
            {
                using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stall.Token);
                if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
                {
                    return;
                }

                await CheckAsync(response, address, stall.Token);
                await using var body = await response.Content.ReadAsStreamAsync(stall.Token);
                var skip = response.StatusCode == HttpStatusCode.PartialContent ? 0 : offset;
                await CopyAsync(body, skip, buffer, progress, stall);
            },
            address,
            ct);
    }

    public async Task WriteAsync(string address, long length, Func<Stream, CancellationToken, Task> content, CancellationToken ct)
    {
        using var stall = new StallTimer(timeout, ct);
        using var body = new StreamedContent(length, content, stall);
        using var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = body };
        request.Headers.ExpectContinue = length >= AskFirstSize;
        foreach (var (name, value) in putHeaders)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                body.Headers.TryAddWithoutValidation(name, value);
            }
        }

        await AttemptAsync(
            async () =>
            {
                using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stall.Token);
                await CheckAsync(response, address, stall.Token);
            },
            address,
            ct);
    }

    private static async Task CopyAsync(Stream body, long skip, Memory<byte> buffer, Action<int> progress, StallTimer stall)
    {
        while (skip > 0)
        {
            // A server without ranges sends all from the start: read over what is here already.
            var passed = await body.ReadAsync(buffer[..(int)Math.Min(skip, buffer.Length)], stall.Token);
            if (passed == 0)
            {
                return;
            }

            skip -= passed;
            stall.Restart();
        }

        while (buffer.Length > 0 && await body.ReadAsync(buffer, stall.Token) is var read and > 0)
        {
            progress(read);
            buffer = buffer[read..];
            stall.Restart();
        }
    }

    private static async Task AttemptAsync(Func<Task> attempt, string address, CancellationToken ct)
    {
        try
        {
            await attempt();
        }
        catch (Exception e) when (ContentException.In(e) is { } own)
        {
            throw own;
        }
        catch (HttpRequestException e) when (e.InnerException is AuthenticationException)
        {
            // Another try would meet the same certificate.
            throw new StoreException(StoreFailure.Refused, $"{Address.Show(address)} cannot be reached: {Reason.Of(e)}.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new StoreException(StoreFailure.Away, $"{Address.Show(address)} cannot be reached: {Reason.Of(e)}.");
        }
    }

    private static async Task CheckAsync(HttpResponseMessage response, string address, CancellationToken ct)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        var status = (int)response.StatusCode;
        // Read to its end, the connection can be used again.
        await response.Content.CopyToAsync(Stream.Null, ct);
        var shown = Address.Show(address);
        throw status switch
        {
            404 => new StoreException(StoreFailure.NotFound, $"There is no {shown}."),
            401 or 403 => new StoreException(
                StoreFailure.Refused, $"The store refuses {shown} ({status}): its pre-signed address has most likely expired."),
            408 or 429 or >= 500 => new StoreException(
                StoreFailure.Away,
                $"The store answers {status} for {shown}.",
                response.Headers.RetryAfter?.Delta),
            _ => new StoreException(StoreFailure.Rejected, $"The store answers {status} for {shown}."),
        };
    }
}
