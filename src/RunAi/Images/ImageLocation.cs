namespace RunAi.Images;

/// <summary>
/// Where an image is or goes: a repository of a registry, or an OCI layout folder written <c>oci:PATH[:tag][@digest]</c>.
/// </summary>
internal sealed class ImageLocation
{
    public const string LayoutScheme = "oci:";

    /// <summary>The image with nothing in it. The name is reserved for it: no registry has an image of that name.</summary>
    public const string Scratch = "scratch";

    private ImageLocation(ImageReference? reference, string? folder, string? tag, string? digest)
    {
        Reference = reference;
        Folder = folder;
        Tag = tag;
        Digest = digest;
    }

    /// <summary>The image in a registry; null for a layout folder.</summary>
    public ImageReference? Reference { get; }

    /// <summary>The layout's folder; null for a registry.</summary>
    public string? Folder { get; }

    public string? Tag { get; }

    public string? Digest { get; }

    /// <summary>True for the image with nothing in it, which is at no place.</summary>
    public bool IsScratch => Reference is { Registry: ImageReference.DockerHub, Repository: "library/" + Scratch, Tag: null, Digest: null };

    /// <summary>Reads a location.</summary>
    /// <exception cref="ImageBuildException"><see cref="ErrorIds.InvalidImageReference"/>.</exception>
    public static ImageLocation Parse(string text)
    {
        if (text.StartsWith(LayoutScheme, StringComparison.OrdinalIgnoreCase))
        {
            return Layout(text);
        }

        return ImageReference.TryParse(text, out var reference)
            ? new ImageLocation(reference, null, reference.Tag, reference.Digest)
            : throw Invalid(text, $"The image {ImageReference.Flaw(text)} A folder in the OCI image layout is written oci:PATH.");
    }

    /// <summary>The image of a digest at this place, as it is named to others.</summary>
    public string WithDigest(string digest) => Reference?.WithDigest(digest) ?? $"{LayoutScheme}{Folder}@{digest}";

    public override string ToString() => Reference?.ToString()
        ?? $"{LayoutScheme}{Folder}{(Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";

    private static ImageLocation Layout(string text)
    {
        var folder = text.Substring(LayoutScheme.Length);
        string? digest = null;
        string? tag = null;
        var at = folder.LastIndexOf("@sha256:", StringComparison.Ordinal);
        if (at >= 0 && Content.Digest.IsSha256(folder.Substring(at + 1)))
        {
            digest = folder.Substring(at + 1);
            folder = folder.Substring(0, at);
        }

        // A drive's colon, as in oci:C:\images, is the second character and is followed by a path, never by a tag.
        var colon = folder.LastIndexOf(':');
        if (colon > 1 && ImageReference.IsTag(folder.Substring(colon + 1)))
        {
            tag = folder.Substring(colon + 1);
            folder = folder.Substring(0, colon);
        }

        return string.IsNullOrWhiteSpace(folder)
            ? throw Invalid(text, $"'{text}' names no folder. Write oci:PATH, for example oci:./images.")
            : new ImageLocation(null, folder, tag, digest);
    }

    private static ImageBuildException Invalid(string text, string message) =>
        new(ErrorIds.InvalidImageReference, message) { Target = text };
}
