namespace RunAi.Emulator.Api;

/// <summary>The request's id, given by the caller or made here, and answered in X-Request-Id.</summary>
internal static class RequestContext
{
    public const string Header = "X-Request-Id";

    public static string RequestId(this HttpContext context) => (string)context.Items[Header]!;

    /// <summary>Takes over an id of the caller's that is short and printable.</summary>
    public static void AssignRequestId(this HttpContext context)
    {
        var given = context.Request.Headers[Header].ToString();
        var id = given is { Length: > 0 and <= 128 } && given.All(c => c is > ' ' and <= '~')
            ? given
            : Guid.NewGuid().ToString();
        context.Items[Header] = id;
        context.Response.Headers[Header] = id;
    }
}
