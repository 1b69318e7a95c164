using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.Retry;
using RunAi.Content;
using RunAi.Http;

namespace RunAi.Runs;

/// <summary>Sends messages to web hooks. What goes wrong is told without the address, which is a secret.</summary>
internal sealed class WebHooks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private const int Retries = 2;

    private readonly Lazy<ServiceProvider> _services;

    /// <param name="handler">Carries the requests; null for real connections.</param>
    public WebHooks(Func<HttpMessageHandler>? handler = null) =>
        _services = new Lazy<ServiceProvider>(() => HttpServices.Build(handler ?? HttpPlatform.CreateHandler));

    /// <summary>Those that all runspaces of this process share.</summary>
    public static WebHooks Default { get; } = new();

    /// <summary>Sends a message. A server that is in trouble is asked again, twice.</summary>
    /// <param name="address">The web hook's address.</param>
    /// <param name="json">The message.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>Why it did not arrive, to go on after its name; null when it did.</returns>
    public async Task<string?> PostAsync(string address, string json, TimeProvider time, CancellationToken ct)
    {
        if (!Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri)
            || !(uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback)))
        {
            return "does not hold an https address";
        }

        var answer = await Repeating(time)
            .ExecuteAsync(async token => await TryAsync(uri, json, time, token).ConfigureAwait(false), ct).ConfigureAwait(false);
        return answer.Trouble;
    }

    private static ResiliencePipeline<Answer> Repeating(TimeProvider time) => new ResiliencePipelineBuilder<Answer> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<Answer>
        {
            MaxRetryAttempts = Retries,
            Delay = Pause,
            ShouldHandle = args => new ValueTask<bool>(args.Outcome.Result.MayPass),
        })
        .Build();

    private async Task<Answer> TryAsync(Uri address, string json, TimeProvider time, CancellationToken ct)
    {
        using var stall = new StallTimer(time, Patience, ct);
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = new StringContent(json, Encoding.UTF8, "application/json"),
            };
            var http = _services.Value.GetRequiredService<IHttpClientFactory>().CreateClient("notify");
            using var answer = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, stall.Token).ConfigureAwait(false);
            return answer.IsSuccessStatusCode
                ? default
                : new Answer($"answered {(int)answer.StatusCode}", (int)answer.StatusCode is 408 or 429 or >= 500);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new Answer($"did not answer within {Patience.TotalSeconds:0} seconds", true);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or WebException)
        {
            return new Answer(ConnectionErrors.Describe(failure), true);
        }
    }

    /// <param name="Trouble">Why the message did not arrive; null when it did.</param>
    /// <param name="MayPass">True when it may arrive later.</param>
    private readonly record struct Answer(string? Trouble, bool MayPass);
}
