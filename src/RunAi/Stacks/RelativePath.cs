using RunAi.Files;
using RunAi.Images;

namespace RunAi.Stacks;

/// <summary>
/// Places on this machine in a committed file: those below its folder are written relative to it, so that they hold in every clone.
/// </summary>
internal static class RelativePath
{
    private const string FileScheme = "file:";

    /// <summary>The place as the file has it.</summary>
    public static string Shorten(string place, string folder)
    {
        if (Split(place) is not { } parts)
        {
            return place;
        }

        var path = PathOf(parts.Scheme, parts.Path, folder);
        var root = Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        return path.StartsWith(root, Comparison)
            ? parts.Scheme + "./" + path.Substring(root.Length).Replace(Path.DirectorySeparatorChar, '/')
            : place;
    }

    /// <summary>The place as the configuration has it: its full path.</summary>
    public static string Lengthen(string place, string folder)
    {
        if (Split(place) is not { } parts)
        {
            return place;
        }

        var path = PathOf(parts.Scheme, parts.Path, folder);
        return parts.Scheme == FileScheme ? new Uri(path).AbsoluteUri : parts.Scheme + path;
    }

    private static StringComparison Comparison =>
        Path.DirectorySeparatorChar == '\\' ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private static (string Scheme, string Path)? Split(string place) =>
        new[] { FileScheme, ImageLocation.LayoutScheme }
            .Where(scheme => place.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && place.Length > scheme.Length)
            .Select(scheme => ((string, string)?)(scheme, place.Substring(scheme.Length)))
            .FirstOrDefault();

    private static string PathOf(string scheme, string path, string folder) =>
        scheme == FileScheme && path.StartsWith("//", StringComparison.Ordinal)
            ? new Uri(scheme + path).LocalPath
            : FullPath.Of(folder, path, ErrorIds.InvalidStack);
}
