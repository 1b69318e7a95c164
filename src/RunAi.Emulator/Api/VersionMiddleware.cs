using System.Text.Json;
using System.Text.Json.Nodes;
using RunAi.Emulator.CommandLine;

namespace RunAi.Emulator.Api;

/// <summary>Gives answers the form that versions of Run:ai other than the document's have.</summary>
internal sealed class VersionMiddleware(RequestDelegate next, ApiVersion version)
{
    private const string OldPhase = "Stopping";
    private const string NewPhase = "Suspending";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/api/v1/workloads", StringComparison.Ordinal))
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        if (version >= ApiVersion.Endpoints && context.Request.QueryString.Value is { Length: > 0 } query)
        {
            context.Request.QueryString = new QueryString(query.Replace(NewPhase, OldPhase, StringComparison.Ordinal));
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

        var answer = Change(context, held.ToArray());
        context.Response.ContentLength = context.Response.StatusCode == StatusCodes.Status204NoContent ? null : answer.Length;
        await body.WriteAsync(answer, context.RequestAborted).ConfigureAwait(false);
    }

    private byte[] Change(HttpContext context, byte[] answer)
    {
        if (version < ApiVersion.Accepting && context.Response.StatusCode == StatusCodes.Status202Accepted)
        {
            var isDeletion = HttpMethods.IsDelete(context.Request.Method);
            context.Response.StatusCode = isDeletion ? StatusCodes.Status204NoContent : StatusCodes.Status200OK;
            return isDeletion ? [] : answer;
        }

        if (version < ApiVersion.Endpoints || context.Response.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true
            || answer.Length == 0)
        {
            return answer;
        }

        var json = JsonNode.Parse(answer);
        Rename(json);
        return JsonSerializer.SerializeToUtf8Bytes(json);
    }

    private static void Rename(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray items:
                foreach (var item in items)
                {
                    Rename(item);
                }

                break;
            case JsonObject row:
                foreach (var (name, value) in row.ToArray())
                {
                    if (name is "phase" or "actualPhase" or "k8sPhase" && (string?)value == OldPhase)
                    {
                        row[name] = NewPhase;
                    }
                    else
                    {
                        Rename(value);
                    }
                }

                if (row.Remove("urls") | row.Remove("externalConnections") || row.ContainsKey("k8sPhaseUpdatedAt"))
                {
                    row["endpoints"] = new JsonArray();
                }

                break;
        }
    }
}
