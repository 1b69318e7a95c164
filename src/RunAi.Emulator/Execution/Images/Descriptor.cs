using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RunAi.Emulator.Execution.Images;

/// <summary>A blob as a manifest names it (OCI image specification, content descriptors).</summary>
internal sealed partial record Descriptor(string MediaType, string Digest, long Size)
{
    /// <summary>The digest's hexadecimal digits, which are safe in a path.</summary>
    public string Hex => Digest[7..];

    /// <exception cref="ImageException">It is malformed, or its digest is not SHA-256.</exception>
    public static Descriptor Read(JsonNode? node)
    {
        var digest = (string?)node?["digest"] ?? "";
        return Form().IsMatch(digest) && (long?)node!["size"] is { } size and >= 0
            ? new Descriptor((string?)node["mediaType"] ?? "", digest, size)
            : throw new ImageException($"the manifest names a blob of digest '{digest}', which is not sha256 with a size");
    }

    [GeneratedRegex(@"\Asha256:[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
