using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunAi.Emulator.Api;

/// <summary>Request bodies as JSON objects, whatever was sent.</summary>
internal static class JsonBody
{
    /// <summary>The body; null when it is no JSON object.</summary>
    public static async Task<JsonObject?> ReadAsync(HttpContext context)
    {
        try
        {
            var node = await JsonNode.ParseAsync(
                context.Request.Body,
                documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false },
                cancellationToken: context.RequestAborted).ConfigureAwait(false);
            return node as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A text of the body; null when it is absent or no text.</summary>
    public static string? Text(JsonObject body, string name) =>
        body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
