using System.Text.Json;
using RunAi.Emulator.Api;
using RunAi.Emulator.Faults;

namespace RunAi.Emulator.Recording;

/// <summary>Gives each request its id and the answer its date, and keeps API requests in the log.</summary>
internal sealed class RecordingMiddleware(RequestDelegate next, RequestLog log, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext context)
    {
        context.AssignRequestId();
        context.Response.Headers.Date = clock.GetUtcNow().ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        var request = context.Request;
        if (!request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        var query = request.QueryString.Value ?? "";
        var body = await CreateBodyAsync(request).ConfigureAwait(false);
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            log.Add(
                context.RequestId(), request.Method, request.Path.Value!, query,
                context.RequestAborted.IsCancellationRequested ? 0 : context.Response.StatusCode,
                context.Items[nameof(FaultRule)] as string, body);
        }
    }

    /// <summary>The body of a create request, left in place for the endpoint.</summary>
    private static async Task<JsonElement?> CreateBodyAsync(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method)
            || request.Path.Value is not ("/api/v1/workloads/trainings" or "/api/v1/workloads/distributed"))
        {
            return null;
        }

        request.EnableBuffering();
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, default, request.HttpContext.RequestAborted).ConfigureAwait(false);
            return body.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
        finally
        {
            request.Body.Position = 0;
        }
    }
}
