namespace RunAi.Tests.ControlPlane;

/// <summary>A request as it left the client: the target as it stands on the request line, headers and the body's text.</summary>
internal sealed record SentRequest(string Method, string Target, string? Authorization, string? ContentType, string Accept, string Body)
{
    public string Path => Target.Split('?')[0];

    public string Route => $"{Method} {Path}";

    public override string ToString() => $"{Method} {Target}";
}
