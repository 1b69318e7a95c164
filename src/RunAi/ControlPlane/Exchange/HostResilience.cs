using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace RunAi.ControlPlane;

/// <summary>
/// Patience with one host, shared by all sessions on it: repetition of what may be repeated, and a circuit breaker that
/// spares a host in trouble.
/// </summary>
internal sealed class HostResilience
{
    private static readonly ResiliencePropertyKey<HttpExchange> ExchangeKey = new("exchange");

    private readonly ResiliencePipeline<ApiAnswer> _repeatable;
    private readonly ResiliencePipeline<ApiAnswer> _once;
    private readonly ResiliencePipeline<ApiAnswer> _never;
    private readonly ControlPlaneOptions _options;
    private volatile string _lastTrouble = "";

    public HostResilience(ControlPlaneOptions options, TimeProvider time)
    {
        _options = options;
        var breaker = new ResiliencePipelineBuilder<ApiAnswer> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<ApiAnswer>
            {
                FailureRatio = 0.5,
                MinimumThroughput = options.BreakerThroughput,
                SamplingDuration = options.BreakerWindow,
                BreakDuration = options.BreakDuration,
                ShouldHandle = args => new ValueTask<bool>(args.Outcome.Result is { IsHostTrouble: true }),
                OnOpened = args =>
                {
                    _lastTrouble = args.Outcome.Result?.Summary ?? "";
                    return default;
                },
            })
            .Build();
        _repeatable = Pipeline(breaker, time, static answer => answer.IsTransient);

        // What is not known to have been ignored by the control plane is left to the caller, who can look.
        _once = Pipeline(breaker, time, static answer => answer.SurelyIgnored);
        _never = breaker;
    }

    /// <summary>Runs a request to its last answer.</summary>
    public async Task<ApiAnswer> ExecuteAsync(HttpExchange exchange, CancellationToken ct)
    {
        var context = ResilienceContextPool.Shared.Get(ct);
        context.Properties.Set(ExchangeKey, exchange);
        try
        {
            return await For(exchange.Request)
                .ExecuteAsync(
                    static async (within, attempt) => await attempt.AttemptAsync(within.CancellationToken).ConfigureAwait(false),
                    context,
                    exchange)
                .ConfigureAwait(false);
        }
        catch (BrokenCircuitException ex)
        {
            var wait = ex.RetryAfter ?? _options.BreakDuration;
            return new ApiAnswer
            {
                Fault = AnswerFailure.CircuitOpen,
                Reason = $"failed most of the last requests (the last one: {_lastTrouble}), so it is given a rest; the next request "
                    + $"is let through in {Math.Ceiling(wait.TotalSeconds):0} s",
            };
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private ResiliencePipeline<ApiAnswer> For(ApiRequest request) =>
        request.NoRetry ? _never : request.Repeatable ? _repeatable : _once;

    private ResiliencePipeline<ApiAnswer> Pipeline(
        ResiliencePipeline<ApiAnswer> breaker, TimeProvider time, Func<ApiAnswer, bool> repeat) =>
        new ResiliencePipelineBuilder<ApiAnswer> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<ApiAnswer>
            {
                MaxRetryAttempts = _options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = _options.RetryDelay,
                MaxDelay = _options.MaxRetryDelay,
                ShouldHandle = args => new ValueTask<bool>(
                    args.Outcome.Result is { } answer && repeat(answer) && answer.Elapsed < _options.MaxRetryTime),
                OnRetry = args =>
                {
                    if (args.Outcome.Result is { } answer && args.Context.Properties.TryGetValue(ExchangeKey, out var exchange))
                    {
                        exchange.LogWait(answer, args.RetryDelay);
                    }

                    return default;
                },
                DelayGenerator = args => new ValueTask<TimeSpan?>(Bounded(args.Outcome.Result?.RetryAfter)),
            })
            .AddPipeline(breaker)
            .Build();

    private TimeSpan? Bounded(TimeSpan? asked) => asked > _options.MaxRetryDelay ? _options.MaxRetryDelay : asked;
}
