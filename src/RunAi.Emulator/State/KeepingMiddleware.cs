namespace RunAi.Emulator.State;

/// <summary>Answers what changes something only when the change is kept: what a client was told survives a killed emulator.</summary>
internal sealed class KeepingMiddleware(RequestDelegate next, ControlPlane plane)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.OnStarting(() => plane.Keep());
        }

        return next(context);
    }
}
