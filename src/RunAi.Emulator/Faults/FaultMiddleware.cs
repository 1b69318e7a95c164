using System.Globalization;
using System.Text;
using System.Text.Json;
using RunAi.Emulator.Api.Wire;
using RunAi.Emulator.Time;

namespace RunAi.Emulator.Faults;

/// <summary>Lets the fault rules strike, before or after the request takes effect.</summary>
internal sealed class FaultMiddleware(RequestDelegate next, FaultStore faults, EmulatorClock clock)
{
    /// <summary>Under which the endpoint of a stream finds the rules that are its own to follow.</summary>
    public const string StreamFaults = "StreamFaults";

    private const string GatewayPage =
        "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n" +
        "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

    public async Task InvokeAsync(HttpContext context)
    {
        var struck = context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            || context.Request.Path.StartsWithSegments("/cluster-api", StringComparison.Ordinal)
            ? faults.Strike(context.Request.Method, context.Request.Path.Value!)
            : [];
        if (struck.Count == 0)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        context.Items[nameof(FaultRule)] = string.Join(',', struck.Select(rule => rule.Kind));
        await DelayAsync(context, struck, FaultMoment.Before).ConfigureAwait(false);
        FaultRule[] ofStream =
            [.. struck.Where(rule => rule.Kind is FaultKind.QuietCut or FaultKind.StreamCut or FaultKind.SplitText or FaultKind.Binary)];
        struck = [.. struck.Except(ofStream)];
        if (ofStream.Length > 0 && struck.All(rule => rule.Kind == FaultKind.Latency))
        {
            context.Items[StreamFaults] = ofStream;
            await next(context).ConfigureAwait(false);
            return;
        }

        var skew = TimeSpan.FromSeconds(struck.Where(rule => rule.Kind == FaultKind.ClockSkew).Sum(rule => rule.Seconds));
        var strike = struck.FirstOrDefault(rule => rule.Kind is not (FaultKind.Latency or FaultKind.ClockSkew));
        if (strike is { When: FaultMoment.Before, Kind: not (FaultKind.Malformed or FaultKind.Truncated) })
        {
            context.Response.StatusCode = 200;
            await AnswerAsync(context, strike, []).ConfigureAwait(false);
            return;
        }

        var answer = await TakeEffectAsync(context, skew).ConfigureAwait(false);
        await DelayAsync(context, struck, FaultMoment.After).ConfigureAwait(false);
        if (skew != TimeSpan.Zero)
        {
            answer = Encoding.UTF8.GetBytes(TimeShift.Apply(Encoding.UTF8.GetString(answer), skew));
            context.Response.Headers.Date = (clock.GetUtcNow() + skew).ToString("R", CultureInfo.InvariantCulture);
        }

        if (strike is null)
        {
            await WriteAsync(context, answer).ConfigureAwait(false);
        }
        else
        {
            await AnswerAsync(context, strike, answer).ConfigureAwait(false);
        }
    }

    private static async Task DelayAsync(HttpContext context, IEnumerable<FaultRule> struck, FaultMoment moment)
    {
        foreach (var rule in struck.Where(rule => rule.Kind == FaultKind.Latency && rule.When == moment))
        {
            await Task.Delay(rule.Milliseconds, context.RequestAborted).ConfigureAwait(false);
        }
    }

    /// <summary>Runs the request as if nothing were wrong and holds the answer's body back.</summary>
    private async Task<byte[]> TakeEffectAsync(HttpContext context, TimeSpan skew)
    {
        if (skew != TimeSpan.Zero)
        {
            context.Request.QueryString = QueryString.Create(
                context.Request.Query.Select(entry => KeyValuePair.Create(
                    entry.Key, (string?)TimeShift.Apply(entry.Value.ToString(), -skew))));
        }

        var body = context.Response.Body;
        using var held = new MemoryStream();
        context.Response.Body = held;
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            context.Response.Body = body;
        }

        return held.ToArray();
    }

    private async Task AnswerAsync(HttpContext context, FaultRule rule, byte[] answer)
    {
        var response = context.Response;
        switch (rule.Kind)
        {
            case FaultKind.Drop:
                context.Abort();
                break;
            case FaultKind.Status:
                if (rule.RetryAfterSeconds is { } seconds)
                {
                    response.Headers.RetryAfter = RetryAfter(rule, seconds);
                }

                await ErrorAsync(context, rule.Status, "Injected by a fault rule.").ConfigureAwait(false);
                break;
            case FaultKind.ExpiredToken:
                await ErrorAsync(context, 401, "Issuer is not familiar.").ConfigureAwait(false);
                break;
            case FaultKind.Html:
                response.StatusCode = 502;
                response.ContentType = "text/html";
                await WriteAsync(context, Encoding.UTF8.GetBytes(GatewayPage)).ConfigureAwait(false);
                break;
            case FaultKind.Empty:
                await WriteAsync(context, []).ConfigureAwait(false);
                break;
            case FaultKind.Malformed:
                await WriteAsync(context, Encoding.UTF8.GetBytes("{\"workloads\": [ oops")).ConfigureAwait(false);
                break;
            case FaultKind.Truncated:
                response.ContentLength = Math.Max(answer.Length, 1);
                // Kestrel sends what there is and closes the connection, since the rest of the length never comes.
                await response.Body.WriteAsync(answer.AsMemory(0, answer.Length / 2), context.RequestAborted).ConfigureAwait(false);
                break;
        }
    }

    private string RetryAfter(FaultRule rule, int seconds) => rule.RetryAfterAsDate
        ? clock.GetUtcNow().AddSeconds(seconds).ToString("R", CultureInfo.InvariantCulture)
        : seconds.ToString(CultureInfo.InvariantCulture);

    private static async Task ErrorAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await WriteAsync(
            context, JsonSerializer.SerializeToUtf8Bytes(new ErrorBody(status, message), WireJson.Options)).ConfigureAwait(false);
    }

    private static async Task WriteAsync(HttpContext context, byte[] body)
    {
        if (context.Response.StatusCode != StatusCodes.Status204NoContent)
        {
            context.Response.ContentLength = body.Length;
        }

        if (body.Length > 0)
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
