namespace RunAi;

/// <summary>
/// A session of this process with a Run:ai control plane, as <c>Get-RunAiSession</c> shows it. A snapshot; it holds
/// neither token nor secret.
/// </summary>
public sealed class RunAiSession
{
    /// <summary>Creates a snapshot.</summary>
    /// <param name="baseUrl">The control plane's base URL, without a trailing slash.</param>
    /// <param name="clientId">The client id of the service account or access key.</param>
    /// <param name="clientSecret">The reference to the client secret.</param>
    /// <param name="connectedAt">When the first token came, UTC, or null.</param>
    /// <param name="tokenExpiresAt">When the current token ends, UTC, or null.</param>
    /// <param name="projectCount">How many projects are remembered.</param>
    public RunAiSession(
        string baseUrl,
        string clientId,
        string clientSecret,
        DateTimeOffset? connectedAt,
        DateTimeOffset? tokenExpiresAt,
        int projectCount)
    {
        BaseUrl = baseUrl;
        ClientId = clientId;
        ClientSecret = clientSecret;
        ConnectedAt = connectedAt;
        TokenExpiresAt = tokenExpiresAt;
        ProjectCount = projectCount;
    }

    /// <summary>The control plane's base URL, without a trailing slash.</summary>
    public string BaseUrl { get; }

    /// <summary>The client id of the service account or access key (<c>clientID</c> of <c>POST /api/v1/token</c>).</summary>
    public string ClientId { get; }

    /// <summary>
    /// The reference to the client secret that the token was got with, such as <c>{{runai_secret.client_secret}}</c>; never the secret.
    /// Step operators whose references differ have different sessions.
    /// </summary>
    public string ClientSecret { get; }

    /// <summary>When the first token came, UTC; null while none was needed yet.</summary>
    public DateTimeOffset? ConnectedAt { get; }

    /// <summary>
    /// When the current token ends, UTC (<c>expiresIn</c>, or the JWT's <c>exp</c>); null while there is none. A new one is
    /// fetched before that without being asked.
    /// </summary>
    public DateTimeOffset? TokenExpiresAt { get; }

    /// <summary>How many projects are remembered from look-ups of the last minutes.</summary>
    public int ProjectCount { get; }

    /// <summary>The client id and the base URL.</summary>
    /// <returns>For example <c>step-runner at https://org.run.ai</c>.</returns>
    public override string ToString() => $"{ClientId} at {BaseUrl}";
}
