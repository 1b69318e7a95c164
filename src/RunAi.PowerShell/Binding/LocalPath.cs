using System.Management.Automation;

namespace RunAi.PowerShell.Binding;

/// <summary>Places on this machine, kept by their full path so that they are the same from every folder.</summary>
internal static class LocalPath
{
    private static readonly string[] Schemes = ["oci:", "file:"];

    /// <summary>An address with the full path in it; one that is no folder's, as it is.</summary>
    public static string? Full(string? address, SessionState session)
    {
        var scheme = Schemes.FirstOrDefault(text => address?.StartsWith(text, StringComparison.OrdinalIgnoreCase) == true
            && address.Length > text.Length);
        if (scheme is null || address!.StartsWith("file:/", StringComparison.OrdinalIgnoreCase))
        {
            return address;
        }

        var path = session.Path.GetUnresolvedProviderPathFromPSPath(address.Substring(scheme.Length));
        return scheme == "file:" ? new Uri(path).AbsoluteUri : scheme + path;
    }
}
