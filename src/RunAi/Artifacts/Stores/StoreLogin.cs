namespace RunAi.Artifacts;

/// <summary>An access key of S3, with the token of the session that it belongs to.</summary>
internal sealed class StoreLogin
{
    public StoreLogin(string id, string secret, string? token)
    {
        Id = id;
        Secret = secret;
        Token = token;
    }

    public string Id { get; }

    public string Secret { get; }

    /// <summary>The session token; null for a key that is good until it is taken away.</summary>
    public string? Token { get; }
}
