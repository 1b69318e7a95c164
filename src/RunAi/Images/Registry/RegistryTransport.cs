using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.Retry;
using RunAi.Content;
using RunAi.Http;

namespace RunAi.Images;

/// <summary>
/// Carries requests to registries: the pool of HTTP handlers and the patience. It follows no redirection and adds no credential;
/// <see cref="RegistryHost"/> knows which go where.
/// </summary>
internal sealed class RegistryTransport : IDisposable
{
    private static readonly Lazy<RegistryTransport> Shared = new(() => new RegistryTransport());

    private readonly Lazy<ServiceProvider> _services;
    private readonly ResiliencePipeline<HttpResponseMessage> _repeating;

    /// <summary>A transport over real connections, or over a handler of a test.</summary>
    public RegistryTransport(RegistryOptions? options = null, TimeProvider? time = null, Func<HttpMessageHandler>? handler = null)
    {
        Options = options ?? new RegistryOptions();
        Time = time ?? TimeProvider.System;
        _services = new Lazy<ServiceProvider>(() => HttpServices.Build(handler ?? HttpPlatform.CreateRawHandler));
        _repeating = Repeating(Options, Time);
    }

    /// <summary>The transport all runspaces of this process share.</summary>
    public static RegistryTransport Default => Shared.Value;

    public RegistryOptions Options { get; }

    public TimeProvider Time { get; }

    /// <summary>
    /// Sends a request until it is answered; what a server says of its own trouble counts as no answer while there is patience.
    /// </summary>
    /// <param name="create">Makes the message of one attempt; a content tells the timer whenever it moves.</param>
    /// <param name="repeatable">False for a request whose effect an attempt may have had in part.</param>
    /// <param name="log">Told of each attempt.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>The answer with its body still to be read.</returns>
    /// <exception cref="ImageBuildException"><see cref="ErrorIds.RegistryUnreachable"/>.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        Func<StallTimer, HttpRequestMessage> create, bool repeatable, IActivityLog log, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var where = "";
        try
        {
            var pipeline = repeatable ? _repeating : ResiliencePipeline<HttpResponseMessage>.Empty;
            return await pipeline.ExecuteAsync(
                async token =>
                {
                    using var stall = new StallTimer(Time, Options.Patience, token);
                    using var message = create(stall);
                    where = message.RequestUri!.Authority;
                    return await AttemptAsync(message, stall, log, token).ConfigureAwait(false);
                },
                ct).ConfigureAwait(false);
        }
        catch (Exception cause) when (IsTrouble(cause))
        {
            throw Unreachable(where, cause);
        }
    }

    /// <summary>How long a server asks to be left alone (<c>Retry-After</c>), within our patience; null when it does not say.</summary>
    public TimeSpan? AskedToWait(HttpResponseMessage answer) => AskedToWait(answer, Options, Time);

    public static bool IsTrouble(Exception exception) =>
        exception is HttpRequestException or IOException or SocketException or WebException or TimeoutException or ObjectDisposedException;

    public static ImageBuildException Unreachable(string host, Exception cause)
    {
        var what = cause is TimeoutException ? cause.Message : ConnectionErrors.Describe(cause);
        return new ImageBuildException(
            ErrorIds.RegistryUnreachable,
            $"The container registry {host} {what}. Check its name, the network and the proxy, and try again: what was "
            + "pushed already is not pushed again.", cause)
        {
            Target = host,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_services.IsValueCreated)
        {
            _services.Value.Dispose();
        }
    }

    private async Task<HttpResponseMessage> AttemptAsync(
        HttpRequestMessage message, StallTimer stall, IActivityLog log, CancellationToken ct)
    {
        var begun = Time.GetTimestamp();
        var http = _services.Value.GetRequiredService<IHttpClientFactory>().CreateClient("registry");

        // The query may hold a signature that lets anybody in.
        var line = $"{message.Method} {message.RequestUri!.GetLeftPart(UriPartial.Path)}";
        try
        {
            var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, stall.Token).ConfigureAwait(false);
            log.Verbose($"{line} {(int)response.StatusCode} {Time.GetElapsedTime(begun).TotalMilliseconds:0} ms");
            return response;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            log.Verbose($"{line} stood still for {Options.Patience.TotalSeconds:0} s");
            throw new TimeoutException($"did not move for {Options.Patience.TotalSeconds:0} s");
        }
        catch (Exception cause) when (IsTrouble(cause))
        {
            ct.ThrowIfCancellationRequested();
            log.Verbose($"{line} failed after {Time.GetElapsedTime(begun).TotalMilliseconds:0} ms: the registry "
                + $"{ConnectionErrors.Describe(cause)}");
            throw;
        }
    }

    private static ResiliencePipeline<HttpResponseMessage> Repeating(RegistryOptions options, TimeProvider time) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = options.MaxRetryDelay,
                ShouldHandle = args => new ValueTask<bool>(
                    args.Outcome.Result is { } answer
                        ? IsTransient(answer.StatusCode)
                        : IsTrouble(args.Outcome.Exception!) && !ProxyRefusal.Is(args.Outcome.Exception)),
                DelayGenerator = args => new ValueTask<TimeSpan?>(AskedToWait(args.Outcome.Result, options, time)),
            })
            .Build();

    private static bool IsTransient(HttpStatusCode status) => (int)status is 408 or 429 or 500 or 502 or 503 or 504;

    private static TimeSpan? AskedToWait(HttpResponseMessage? answer, RegistryOptions options, TimeProvider time)
    {
        var asked = answer?.Headers.RetryAfter;
        var wait = asked?.Delta ?? (asked?.Date is { } date ? date - time.GetUtcNow() : null);
        return wait is null ? null
            : wait < TimeSpan.Zero ? TimeSpan.Zero
            : wait > options.MaxRetryDelay ? options.MaxRetryDelay
            : wait;
    }
}
