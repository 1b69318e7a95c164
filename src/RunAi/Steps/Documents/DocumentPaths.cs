using RunAi.Files;
using RunAi.Images;

namespace RunAi.Steps.Documents;

/// <summary>
/// Paths in a document: relative to its folder with slashes where they lie below it, so that a clone elsewhere finds them.
/// </summary>
internal sealed class DocumentPaths
{
    private readonly string _folder;

    public DocumentPaths(string folder) => _folder = folder.TrimEnd(Path.DirectorySeparatorChar, '/');

    /// <summary>A path as the document holds it.</summary>
    public string Short(string path)
    {
        var full = FullPath.Of(path, ErrorIds.InvalidStepDocument);
        return full == _folder ? "."
            : full.StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
                ? "./" + full.Substring(_folder.Length + 1).Replace(Path.DirectorySeparatorChar, '/')
            : full;
    }

    /// <summary>A path of the document as this machine knows it.</summary>
    public string Full(string path) => FullPath.Of(_folder, path, ErrorIds.InvalidStepDocument);

    /// <summary>An image, whose layout folder is a path.</summary>
    public string ShortImage(string image) =>
        IsLayout(image) ? ImageLocation.LayoutScheme + Short(image.Substring(ImageLocation.LayoutScheme.Length)) : image;

    public string FullImage(string image) =>
        IsLayout(image) ? ImageLocation.LayoutScheme + Full(image.Substring(ImageLocation.LayoutScheme.Length)) : image;

    private static bool IsLayout(string image) => image.StartsWith(ImageLocation.LayoutScheme, StringComparison.OrdinalIgnoreCase);
}
