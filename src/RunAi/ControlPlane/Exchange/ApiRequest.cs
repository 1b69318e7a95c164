namespace RunAi.ControlPlane;

/// <summary>One request to the control plane, as it is sent and as it is spoken of in messages.</summary>
internal sealed record ApiRequest(HttpMethod Method, string Path)
{
    /// <summary>The query with its question mark, percent-encoded; never shown.</summary>
    public string Query { get; init; } = "";

    /// <summary>The body, or null for none; never shown.</summary>
    public string? Body { get; init; }

    /// <summary>The body's media type.</summary>
    public string MediaType { get; init; } = "application/json";

    /// <summary>What the request is for, to follow "could not": <c>list workloads</c>.</summary>
    public required string Purpose { get; init; }

    /// <summary>The name or id the user gave, for <see cref="RunAiException.Target"/>.</summary>
    public string? Target { get; init; }

    /// <summary>True when sending it twice does what sending it once does: GET, PUT and DELETE, and what is marked so.</summary>
    public bool Repeatable { get; init; } = Method == HttpMethod.Get || Method == HttpMethod.Put || Method == HttpMethod.Delete;

    /// <summary>True when whoever asks will ask again anyway, so that a failure is told at once instead of being repeated here.</summary>
    public bool NoRetry { get; init; }

    /// <summary>True when the answer's body is wanted; otherwise a success needs none.</summary>
    public bool WantsBody { get; init; } = true;

    /// <summary>True when <see cref="Path"/> names a workload, so that a 404 says it does not exist.</summary>
    public bool NamesWorkload { get; init; }

    /// <summary>True when the request creates a workload.</summary>
    public bool Submits { get; init; }

    /// <summary>What users call a field of the body; the API's own names are told when it is null.</summary>
    public Func<string, string>? SettingOf { get; init; }

    public override string ToString() => $"{Method} {Path}";
}
