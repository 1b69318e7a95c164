namespace RunAi.ControlPlane;

/// <summary>Reads where a cluster serves its API: a host or an address, as the control plane lists it or a user gives it.</summary>
internal static class ClusterDomain
{
    /// <summary>The base address of a domain that comes with or without a scheme, and with or without a slash at its end.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="allowInsecureHttp">True to take http other than on loopback, over which the token can be read.</param>
    /// <returns>The address, or what is wrong with the domain, to follow its name.</returns>
    public static (Uri? Address, string? Fault) Parse(string? domain, bool allowInsecureHttp)
    {
        var text = domain?.Trim() ?? "";
        if (text.Length == 0)
        {
            return (null, "is empty");
        }

        var (url, fault) = BaseUrl.Normalise(WithHttps(text), allowInsecureHttp);
        return url is null ? (null, fault!.TrimEnd('.')) : (new Uri(url), null);
    }

    private static string WithHttps(string text) =>
        text.StartsWith("wss://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("ws://", StringComparison.OrdinalIgnoreCase)
            ? text.Remove(0, "ws".Length).Insert(0, "http")
        : text.Contains("://") ? text
        : "https://" + text;
}
