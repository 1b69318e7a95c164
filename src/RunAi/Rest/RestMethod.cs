namespace RunAi.Rest;

/// <summary>A request to any endpoint, as somebody typed it.</summary>
internal sealed record RestMethod
{
    public string Method { get; init; } = "GET";

    /// <summary>The path, or the whole address at the control plane.</summary>
    public required string Path { get; init; }

    /// <summary>The query's parameters in their order: texts, numbers, times, true or false, lists of those; null is left out.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Query { get; init; } = [];

    /// <summary>The body: JSON text, or plain values; null for none.</summary>
    public object? Body { get; init; }

    /// <summary>True when only the answer to GET and HEAD is wanted: nothing changes.</summary>
    public bool IsReading => Method is "GET" or "HEAD";
}
