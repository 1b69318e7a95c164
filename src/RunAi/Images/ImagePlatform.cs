using System.Text.RegularExpressions;

namespace RunAi.Images;

/// <summary>An operating system and processor such as <c>linux/amd64</c> or <c>linux/arm/v7</c> (OCI image index, platform).</summary>
internal sealed class ImagePlatform
{
    private static readonly Regex Form = new(
        @"\A(?<os>[a-z0-9]+)/(?<cpu>[a-z0-9_]+)(?:/(?<variant>[a-z0-9.]+))?\z", RegexOptions.CultureInvariant);

    private ImagePlatform(string os, string architecture, string? variant)
    {
        Os = os;
        Architecture = architecture;
        Variant = variant;
    }

    public static ImagePlatform Default { get; } = new("linux", "amd64", null);

    public string Os { get; }

    public string Architecture { get; }

    public string? Variant { get; }

    /// <summary>Reads a platform; nothing is Linux on AMD64.</summary>
    /// <exception cref="ImageBuildException"><see cref="ErrorIds.ImageBuildFailed"/>: it is none.</exception>
    public static ImagePlatform Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Default;
        }

        return Form.Match(text) is { Success: true } match
            ? new ImagePlatform(
                match.Groups["os"].Value,
                match.Groups["cpu"].Value,
                match.Groups["variant"] is { Success: true } variant ? variant.Value : null)
            : throw new ImageBuildException(
                ErrorIds.ImageBuildFailed,
                $"'{text}' is no platform. Give an operating system and a processor, such as linux/amd64 or linux/arm64.")
            {
                Target = text,
            };
    }

    /// <summary>Whether an image for the given platform is one for this; a variant counts only when this one has it.</summary>
    public bool Takes(string? os, string? architecture, string? variant) =>
        os == Os && architecture == Architecture && (Variant is null || variant == Variant);

    public override string ToString() => Variant is null ? $"{Os}/{Architecture}" : $"{Os}/{Architecture}/{Variant}";
}
