using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace RunAi.Images;

/// <summary>
/// An image's name: <c>[registry[:port]/]path[:tag][@algorithm:digest]</c> (OCI distribution specification). Names without a registry
/// are Docker Hub's, as every container engine reads them.
/// </summary>
internal sealed class ImageReference
{
    public const string DockerHub = "docker.io";

    private const string Word = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
    private const string Host = $@"(?:{Word}(?:\.{Word})*|\[[0-9a-fA-F:]+\])(?::[0-9]{{1,5}})?";
    private const string Part = @"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*";
    private const string Tagged = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";

    private static readonly Regex Form = new(
        $@"\A(?:(?<host>{Host})/)?(?<path>{Part}(?:/{Part})*)(?::(?<tag>{Tagged}))?(?:@(?<digest>[A-Za-z0-9+._-]+:[0-9a-fA-F]{{32,}}))?\z",
        RegexOptions.CultureInvariant);

    private static readonly Regex TagForm = new($@"\A{Tagged}\z", RegexOptions.CultureInvariant);

    private ImageReference(string registry, string repository, string? tag, string? digest)
    {
        Registry = registry;
        Repository = repository;
        Tag = tag;
        Digest = digest;
    }

    /// <summary>The registry's host and port, such as <c>docker.io</c> or <c>localhost:5000</c>.</summary>
    public string Registry { get; }

    /// <summary>The repository inside the registry, such as <c>library/python</c>.</summary>
    public string Repository { get; }

    public string? Tag { get; }

    public string? Digest { get; }

    /// <summary>What a manifest is asked for by: the digest, else the tag, else <c>latest</c>.</summary>
    public string ManifestName => Digest ?? Tag ?? "latest";

    /// <summary>What is wrong with an image's name, or null.</summary>
    public static string? Flaw(string? image)
    {
        if (string.IsNullOrWhiteSpace(image))
        {
            return "is missing. Name the container image to run, such as python:3.12-slim.";
        }

        return Form.IsMatch(image)
            ? null
            : $"'{image}' is no image reference, such as python:3.12-slim or registry.example.com/team/train:1.0. "
                + "Repository names are in lower case, without a scheme and without blanks.";
    }

    /// <summary>True for a text that may be a tag.</summary>
    public static bool IsTag(string text) => TagForm.IsMatch(text);

    /// <summary>Reads a name into its parts; false where <see cref="Flaw"/> finds one.</summary>
    public static bool TryParse(string? image, [NotNullWhen(true)] out ImageReference? reference)
    {
        reference = null;
        if (string.IsNullOrWhiteSpace(image) || Form.Match(image) is not { Success: true } match)
        {
            return false;
        }

        var host = match.Groups["host"].Value;
        var path = match.Groups["path"].Value;

        // "team/train" is a path on Docker Hub, "team.example.com/train" is a host: a host shows by its dot, port or name.
        if (host.Length > 0 && host.IndexOfAny(['.', ':']) < 0 && host != "localhost" && !host.Any(char.IsUpper))
        {
            path = host + "/" + path;
            host = "";
        }

        var hub = host.Length == 0 || host is DockerHub or "index.docker.io" or "registry-1.docker.io";
        reference = new ImageReference(
            hub ? DockerHub : host.ToLowerInvariant(),
            hub && path.IndexOf('/') < 0 ? "library/" + path : path,
            match.Groups["tag"] is { Success: true } tag ? tag.Value : null,
            match.Groups["digest"] is { Success: true } digest ? digest.Value.ToLowerInvariant() : null);
        return true;
    }

    /// <summary>The same repository's image of that digest.</summary>
    public string WithDigest(string digest) => $"{Registry}/{Repository}@{digest}";

    public override string ToString() =>
        $"{Registry}/{Repository}{(Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";
}
