using System.Text.RegularExpressions;

namespace RunAi.Artifacts;

/// <summary>Where a store is, read from what it is registered with.</summary>
internal sealed class StoreAddress
{
    private const string Examples = "Give az://account/container/prefix, s3://bucket/prefix or file:///folder.";

    private static readonly Regex AccountForm = new(@"\A[a-z0-9]{3,24}\z", RegexOptions.CultureInvariant);
    private static readonly Regex ContainerForm = new(@"\A[a-z0-9][a-z0-9-]{1,61}[a-z0-9]\z", RegexOptions.CultureInvariant);
    private static readonly Regex BucketForm = new(@"\A[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]\z", RegexOptions.CultureInvariant);

    private StoreAddress(StoreKind kind, string uri)
    {
        Kind = kind;
        Uri = uri;
    }

    public StoreKind Kind { get; }

    /// <summary>The address in its one form, without a slash at the end.</summary>
    public string Uri { get; }

    /// <summary>The service's own URL; null for AWS and for folders.</summary>
    public Uri? Service { get; private init; }

    /// <summary>The Azure account.</summary>
    public string Account { get; private init; } = "";

    /// <summary>The container or bucket.</summary>
    public string Container { get; private init; } = "";

    /// <summary>What the names of objects begin with: empty, or with a slash at the end.</summary>
    public string KeyPrefix { get; private init; } = "";

    /// <summary>The folder of a <see cref="StoreKind.File"/> store.</summary>
    public string Folder { get; private init; } = "";

    /// <summary>The URL of the Azure container.</summary>
    public Uri ContainerUrl => new($"{Service!.AbsoluteUri.TrimEnd('/')}/{Container}");

    /// <summary>Reads an address, or says what is wrong with it.</summary>
    /// <param name="uri">The address.</param>
    /// <param name="endpoint">The URL of another service than Azure's or AWS's own.</param>
    /// <param name="problem">What is wrong, and how it should be.</param>
    public static StoreAddress? Read(string uri, string? endpoint, out string? problem)
    {
        problem = null;
        var text = uri.TrimEnd('/');
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var kind = text.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? "file"
            : scheme < 0 ? "" : text.Substring(0, scheme).ToLowerInvariant();
        Uri? service = null;
        if (text.IndexOfAny(['?', '#', '@']) >= 0)
        {
            problem = "The address must hold no '?', '#' or '@': a signature or key belongs into a secret, given with -Credential. "
                + Examples;
        }
        else if (endpoint is not null && !IsEndpoint(endpoint, out service))
        {
            problem = "The endpoint must be an http or https URL such as https://minio.example.org:9000, without user, query or fragment.";
        }
        else
        {
            return kind switch
            {
                "az" => OfAccount(text, service, out problem),
                "az+https" or "az+http" or "https" or "http" when service is null =>
                    OfUrl(text.StartsWith("az+", StringComparison.OrdinalIgnoreCase) ? text.Substring(3) : text, out problem),
                "s3" => OfBucket(text, service, out problem),
                "file" when service is null => OfFolder(uri, out problem),
                _ => None(service is null
                    ? $"'{text}' is no place for artifacts. {Examples}"
                    : "An endpoint goes with az://account/container or s3://bucket only.", out problem),
            };
        }

        return null;
    }

    private static StoreAddress? OfAccount(string text, Uri? service, out string? problem)
    {
        var parts = text.Substring("az://".Length).Split(['/'], 3);
        problem = parts.Length < 2 ? $"'{text}' names no container. Give az://account/container or az://account/container/prefix."
            : !AccountForm.IsMatch(parts[0]) ? $"'{parts[0]}' is no storage account: 3 to 24 lower-case letters and digits."
            : ContainerFault(parts[1]) ?? PrefixFault(parts, 2);
        return problem is not null ? null : new StoreAddress(StoreKind.Azure, "az://" + string.Join("/", parts))
        {
            Service = service ?? new Uri($"https://{parts[0]}.blob.core.windows.net"),
            Account = parts[0],
            Container = parts[1],
            KeyPrefix = Prefix(parts, 2),
        };
    }

    /// <summary>
    /// A full URL: the account is the host's first label, or the path's first part where the host is an address (as Azurite's is).
    /// </summary>
    private static StoreAddress? OfUrl(string text, out string? problem)
    {
        if (!IsEndpoint(text, out var url))
        {
            return None($"'{text}' is no URL. {Examples}", out problem);
        }

        var isPathStyle = url!.IsLoopback || url.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6;
        var parts = url.AbsolutePath.Trim('/').Split(['/'], isPathStyle ? 3 : 2);
        var at = isPathStyle ? 1 : 0;
        if (parts.Length <= at || parts[at].Length == 0)
        {
            return None(
                $"'{text}' names no container. Give az+https://account.blob.core.windows.net/container/prefix, or "
                + "az+http://127.0.0.1:10000/account/container/prefix.",
                out problem);
        }

        problem = ContainerFault(parts[at]) ?? PrefixFault(parts, at + 1);
        var root = url.GetLeftPart(UriPartial.Authority);
        return problem is not null ? null : new StoreAddress(StoreKind.Azure, $"az+{root}/{string.Join("/", parts)}")
        {
            Service = new Uri(isPathStyle ? $"{root}/{parts[0]}" : root),
            Account = isPathStyle ? parts[0] : url.Host.Split('.')[0],
            Container = parts[at],
            KeyPrefix = Prefix(parts, at + 1),
        };
    }

    private static StoreAddress? OfBucket(string text, Uri? service, out string? problem)
    {
        var parts = text.Substring("s3://".Length).Split(['/'], 2);
        problem = BucketForm.IsMatch(parts[0])
            ? PrefixFault(parts, 1)
            : $"'{parts[0]}' is no bucket. Give s3://bucket or s3://bucket/prefix.";
        return problem is not null ? null : new StoreAddress(StoreKind.S3, "s3://" + string.Join("/", parts))
        {
            Service = service,
            Container = parts[0],
            KeyPrefix = Prefix(parts, 1),
        };
    }

    private static StoreAddress? OfFolder(string text, out string? problem)
    {
        // A single slash is as good as three (RFC 8089).
        var full = text.StartsWith("file://", StringComparison.OrdinalIgnoreCase) ? text : text.Insert("file:".Length, "//");
        if (!System.Uri.TryCreate(full, UriKind.Absolute, out var url) || !url.IsFile || url.LocalPath.Trim('/', '\\').Length == 0)
        {
            return None($"'{text}' is no folder. Give file:///folder with its full path.", out problem);
        }

        problem = null;
        var folder = url.LocalPath.TrimEnd('/', '\\');
        return new StoreAddress(StoreKind.File, url.AbsoluteUri.TrimEnd('/')) { Folder = folder };
    }

    private static StoreAddress? None(string why, out string? problem)
    {
        problem = why;
        return null;
    }

    private static string? ContainerFault(string name) => ContainerForm.IsMatch(name) && !name.Contains("--")
        ? null
        : $"'{name}' is no container: 3 to 63 lower-case letters, digits and single hyphens.";

    private static string? PrefixFault(string[] parts, int at) => parts.Length <= at || StoreKey.IsSafe(parts[at])
        ? null
        : $"'{parts[at]}' is no prefix: plain names with '/' between them.";

    private static string Prefix(string[] parts, int at) => parts.Length <= at ? "" : parts[at] + "/";

    private static bool IsEndpoint(string text, out Uri? url) =>
        System.Uri.TryCreate(text, UriKind.Absolute, out url) && url.Scheme is "https" or "http"
        && url!.Host.Length > 0 && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0;
}
