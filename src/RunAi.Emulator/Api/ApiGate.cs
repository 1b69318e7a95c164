using RunAi.Emulator.Api.Listing;
using RunAi.Emulator.Api.Wire;
using RunAi.Emulator.Security;

namespace RunAi.Emulator.Api;

/// <summary>Lets only requests with a valid token through to the API, and turns what goes wrong inside into error bodies.</summary>
internal sealed class ApiGate(RequestDelegate next, TokenIssuer issuer, ILogger<ApiGate> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        var isClosed = path.StartsWithSegments("/api", StringComparison.Ordinal)
            || path.StartsWithSegments("/cluster-api", StringComparison.Ordinal);
        if (isClosed && path != TokenEndpoints.Path && path != TokenEndpoints.Standard
            && issuer.Objection(context.Request.Headers.Authorization) is { } objection)
        {
            await ApiError.Unauthorized(objection).ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (QueryException e)
        {
            await ApiError.BadRequest(e.Message).ExecuteAsync(context).ConfigureAwait(false);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            log.LogError(e, "{Method} {Path} failed.", context.Request.Method, path);
            await ApiError.Of(new ErrorBody(500, "Something went wrong.", e.Message)).ExecuteAsync(context).ConfigureAwait(false);
        }
    }
}
