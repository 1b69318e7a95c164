namespace RunAi.ControlPlane;

/// <summary>The rules for a control plane's address (design: http(s), a host, nothing that could carry a secret or a query).</summary>
internal static class BaseUrl
{
    private const string Example = "Give the control plane's address, for example https://org.run.ai.";

    /// <summary>The address in its one normal form: lower-case scheme and host, no default port, no trailing slash.</summary>
    /// <returns>The address, or what is wrong with the given one. User info is not repeated: it may be a password.</returns>
    public static (string? Url, string? Fault) Normalise(string? given, bool allowInsecureHttp)
    {
        var text = given?.Trim() ?? "";
        if (text.Length == 0)
        {
            return (null, "is required. " + Example);
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            || uri.Host.Length == 0)
        {
            return (null, "is no http or https address with a host. " + Example);
        }

        if (uri.UserInfo.Length > 0 || text.Contains('@'))
        {
            return (null, "must not hold a user name or password. Give the credentials with -ClientId and -ClientSecret.");
        }

        if (text.IndexOfAny(['?', '#']) >= 0)
        {
            return (null, "must not have a query or fragment. " + Example);
        }

        if (uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback && !allowInsecureHttp)
        {
            return (null, "is http, which would send the client secret readably over the network. "
                + "Use https, or allow it with -AllowInsecureHttp.");
        }

        return (uri.GetLeftPart(UriPartial.Path).TrimEnd('/'), null);
    }
}
