namespace RunAi.StepRunner.Folders;

/// <summary>
/// The symbolic links of a folder that travels: one that leads to a place inside is made relative, since the folder lies elsewhere later;
/// one that leads out means nothing there.
/// </summary>
internal sealed class FolderLinks
{
    private readonly string[] _roots;

    /// <param name="folder">The full path of the folder.</param>
    public FolderLinks(string folder)
    {
        var root = folder.TrimEnd('/');
        _roots = [.. new[] { root, Real(root) }.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>
    /// Where a link leads to, relative to the folder that it is in; null for one that leads out, or that others may not read.
    /// </summary>
    /// <param name="name">The link's path in the folder.</param>
    /// <param name="target">Where it leads, as it says itself.</param>
    public string? Inside(string name, string target)
    {
        var relative = target.StartsWith('/') ? Relative(name, target)
            : StaysInside(name, target) ? target
            : Relative(name, Path.Combine(_roots[0], Parent(name), target));

        // Names that a reader on another system takes for a path of its own.
        return relative is null || relative.Contains('\\') || relative.Contains(':') ? null : relative;
    }

    private static string Parent(string name) => Path.GetDirectoryName(name) ?? "";

    private string? Relative(string name, string target)
    {
        var place = Path.GetFullPath(target);
        var root = Array.Find(_roots, candidate => place == candidate || place.StartsWith(candidate + "/", StringComparison.Ordinal));
        return root is null ? null : Path.GetRelativePath(Path.Combine(root, Parent(name)), place);
    }

    /// <summary>Whether a relative target is inside the folder at each of its parts.</summary>
    private static bool StaysInside(string name, string target)
    {
        var depth = name.Count(c => c == '/');
        foreach (var part in target.Split('/'))
        {
            depth += part switch { "" or "." => 0, ".." => -1, _ => 1 };
            if (depth < 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The path without links, which a program may have taken it for.</summary>
    private static string Real(string path)
    {
        var real = "/";
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = new DirectoryInfo(Path.Combine(real, part));
            real = next.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? next.FullName;
        }

        return real;
    }
}
