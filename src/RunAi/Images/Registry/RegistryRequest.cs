using RunAi.Content;

namespace RunAi.Images;

/// <summary>One request to a registry: what it asks for, and the permissions it needs.</summary>
internal sealed class RegistryRequest
{
    public RegistryRequest(HttpMethod method, string target, IReadOnlyList<string> scopes)
    {
        Method = method;
        Target = target;
        Scopes = scopes;
    }

    public HttpMethod Method { get; }

    /// <summary>A path of the registry such as <c>/v2/team/train/manifests/latest</c>, or a whole address it gave.</summary>
    public string Target { get; }

    /// <summary>Token scopes such as <c>repository:team/train:pull</c> (distribution token specification).</summary>
    public IReadOnlyList<string> Scopes { get; }

    public IReadOnlyList<string> Accept { get; set; } = [];

    /// <summary>Makes the body of one attempt.</summary>
    public Func<StallTimer, HttpContent>? Content { get; set; }

    /// <summary>The first byte asked for, of a blob.</summary>
    public long From { get; set; }

    /// <summary>False where an attempt may have had its effect in part, so that the caller must look first.</summary>
    public bool Repeatable { get; set; } = true;
}
