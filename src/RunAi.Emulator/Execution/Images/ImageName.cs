using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.RegularExpressions;

namespace RunAi.Emulator.Execution.Images;

/// <summary>
/// What spec.image names: an image in a registry, <c>[host[:port]/]repository[:tag][@digest]</c> (OCI distribution specification),
/// or one in an OCI layout folder of this machine, <c>oci:PATH[:tag][@digest]</c>.
/// </summary>
internal sealed partial record ImageName
{
    public const string DockerHub = "docker.io";

    private const string LayoutScheme = "oci:";

    /// <summary>The layout folder; null for an image in a registry.</summary>
    public string? Folder { get; private init; }

    /// <summary>The registry's host and port.</summary>
    public string Registry { get; private init; } = "";

    public string Repository { get; private init; } = "";

    public string? Tag { get; private init; }

    public string? Digest { get; private init; }

    /// <summary>What its manifest is asked for by; null for the only image of a layout.</summary>
    public string? Reference => Digest ?? Tag ?? (Folder is null ? "latest" : null);

    /// <summary>Whether its registry is on this machine, where plain http is spoken.</summary>
    public bool IsLoopback => Registry.Length > 0 && HostOnly(Registry) is var host
        && (host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address)));

    public static bool TryParse(string text, [NotNullWhen(true)] out ImageName? name)
    {
        name = text.StartsWith(LayoutScheme, StringComparison.OrdinalIgnoreCase) ? Layout(text[LayoutScheme.Length..]) : InRegistry(text);
        return name is not null;
    }

    private static ImageName? Layout(string text)
    {
        var match = LayoutForm().Match(text);
        return match.Success
            ? new ImageName
            {
                Folder = Path.GetFullPath(match.Groups["path"].Value),
                Tag = Value(match, "tag"),
                Digest = Value(match, "digest"),
            }
            : null;
    }

    private static ImageName? InRegistry(string text)
    {
        var match = RegistryForm().Match(text);
        if (!match.Success)
        {
            return null;
        }

        // "team/train" is a repository of Docker Hub, "team.example.com/train" names a host: it shows by its dot, port or name.
        var (host, path) = (match.Groups["host"].Value, match.Groups["path"].Value);
        if (host.Length > 0 && host != "localhost" && host.IndexOfAny(['.', ':']) < 0)
        {
            (host, path) = ("", $"{host}/{path}");
        }

        var isHub = host is "" or DockerHub or "index.docker.io" or "registry-1.docker.io";
        return new ImageName
        {
            Registry = isHub ? DockerHub : host,
            Repository = isHub && !path.Contains('/', StringComparison.Ordinal) ? "library/" + path : path,
            Tag = Value(match, "tag"),
            Digest = Value(match, "digest"),
        };
    }

    private static string HostOnly(string registry) =>
        registry.StartsWith('[') ? registry[1..].Split(']')[0] : registry.Split(':')[0];

    private static string? Value(Match match, string group) => match.Groups[group] is { Success: true } found ? found.Value : null;

    /// <summary>A drive's colon (oci:C:\images) is followed by a path, never by a tag.</summary>
    [GeneratedRegex(
        @"\A(?<path>.{2,}?)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?\z",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex LayoutForm();

    [GeneratedRegex(
        @"\A(?:(?<host>[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]{1,5})?|\[[0-9a-fA-F:]+\](?::[0-9]{1,5})?)/)?"
        + @"(?<path>[a-z0-9]+(?:[._/-]+[a-z0-9]+)*)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex RegistryForm();
}
