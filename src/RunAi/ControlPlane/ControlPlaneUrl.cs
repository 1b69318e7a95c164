namespace RunAi.ControlPlane;

/// <summary>The one spelling of a control plane's base URL, so that two spellings share one session.</summary>
internal static class ControlPlaneUrl
{
    /// <summary>Lower-case scheme and host, no default port, no trailing slash; refuses what is no base URL.</summary>
    public static Uri Normalize(string text)
    {
        if (!Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp)
            || uri.Host.Length == 0
            || uri.UserInfo.Length > 0
            || uri.Query.Length > 0
            || uri.Fragment.Length > 0)
        {
            // The text is not repeated: it may hold a password before the host.
            throw new ConfigurationException(
                ErrorIds.InvalidStepOperator,
                "The control plane's base URL is not usable. Expected http(s)://HOST, without user name, query or fragment, such as "
                + "https://org.run.ai.");
        }

        return new Uri(uri.GetLeftPart(UriPartial.Path).TrimEnd('/'));
    }

    /// <summary>The URL as users know it, without the slash <see cref="Uri"/> adds.</summary>
    public static string Show(Uri baseUrl) => baseUrl.AbsoluteUri.TrimEnd('/');
}
