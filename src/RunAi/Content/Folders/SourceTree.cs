namespace RunAi.Content;

/// <summary>
/// What of a source folder belongs into an image. The first of <c>.runaiignore</c>, <c>.dockerignore</c> and <c>.gitignore</c> that the
/// folder has says what does not, in git's syntax and with files of the same name in folders below; <c>.git</c> never does.
/// A folder is kept when it is empty, and left out when all it holds is: another clone would not have it.
/// </summary>
internal sealed class SourceTree
{
    private const string GitFolder = ".git";
    private static readonly string[] IgnoreFiles = [".runaiignore", ".dockerignore", ".gitignore"];

    private readonly bool _keepsGit;
    private readonly string? _ignoreFile;
    private readonly List<SourceEntry> _entries = [];
    private readonly CancellationToken _cancellation;

    private SourceTree(DirectoryInfo root, bool isCode, CancellationToken ct)
    {
        _keepsGit = !isCode;
        _ignoreFile = IgnoreFiles.Take(isCode ? IgnoreFiles.Length : 1).FirstOrDefault(name => File.Exists(Path.Combine(root.FullName, name)));
        _cancellation = ct;
    }

    /// <summary>The entries in the order of their names' bytes, so that each folder comes before what it holds.</summary>
    /// <exception cref="ContentException"><see cref="ErrorIds.ImageBuildFailed"/>: no such folder, or something in it cannot be read.</exception>
    public static IReadOnlyList<SourceEntry> Read(string folder, CancellationToken ct) => Read(folder, isCode: true, ct);

    /// <summary>All entries of a folder that is data, in the same order; only <c>.runaiignore</c> leaves anything out.</summary>
    /// <exception cref="ContentException"><see cref="ErrorIds.ImageBuildFailed"/>: no such folder, or something in it cannot be read.</exception>
    public static IReadOnlyList<SourceEntry> ReadAll(string folder, CancellationToken ct) => Read(folder, isCode: false, ct);

    private static List<SourceEntry> Read(string folder, bool isCode, CancellationToken ct)
    {
        var root = new DirectoryInfo(folder);
        if (!root.Exists)
        {
            var what = File.Exists(folder) ? "is a file" : "does not exist";
            throw SourcePlatform.Refused(root, $"{what}. The source of a step is a folder.");
        }

        try
        {
            var tree = new SourceTree(root, isCode, ct);
            tree.Walk(root, "", IgnoreRules.None);
            tree._entries.Sort(SourceEntry.Compare);
            return tree._entries;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ContentException(
                ErrorIds.ImageBuildFailed, $"The source folder '{root.FullName}' cannot be read: {cause.Message} Make it readable, or list what is not "
                + "needed in .runaiignore.", cause)
            {
                Target = folder,
            };
        }
    }

    /// <returns>Whether anything of the folder belongs into the image, or it is empty.</returns>
    private bool Walk(DirectoryInfo folder, string prefix, IgnoreRules outer)
    {
        var rules = _ignoreFile is null ? outer : outer.Below(prefix, Path.Combine(folder.FullName, _ignoreFile));
        var isEmpty = true;
        var isKept = false;
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            _cancellation.ThrowIfCancellationRequested();
            isEmpty = false;
            isKept |= Take(entry, prefix + entry.Name, rules);
        }

        return isEmpty || isKept;
    }

    private bool Take(FileSystemInfo entry, string name, IgnoreRules rules)
    {
        if (entry.Name == GitFolder && !_keepsGit)
        {
            return false;
        }

        var isLink = SourcePlatform.IsLink(entry);
        var folder = isLink ? null : entry as DirectoryInfo;
        if (rules.Ignores(name, isFolder: folder is not null))
        {
            return false;
        }

        if (isLink)
        {
            _entries.Add(new SourceEntry(name, entry.FullName, SourceKind.Link, linkTarget: SourcePlatform.LinkTarget(entry)));
            return true;
        }

        return folder is null ? TakeFile((FileInfo)entry, name) : TakeFolder(folder, name, rules);
    }

    private bool TakeFolder(DirectoryInfo folder, string name, IgnoreRules rules)
    {
        var isKept = Walk(folder, name + "/", rules);
        if (isKept)
        {
            _entries.Add(new SourceEntry(name, folder.FullName, SourceKind.Folder));
        }

        return isKept;
    }

    private bool TakeFile(FileInfo file, string name)
    {
        if (!file.Exists)
        {
            throw SourcePlatform.Refused(file, "has a name that is not UTF-8, or was deleted just now. Rename it, or list it in .runaiignore.");
        }

        SourcePlatform.RefuseSpecial(file);
        var kind = SourcePlatform.IsProgram(file) ? SourceKind.Program : SourceKind.File;
        _entries.Add(new SourceEntry(name, file.FullName, kind, file.Length));
        return true;
    }
}
