using RunAi.Files;

namespace RunAi.Content;

/// <summary>
/// What of a source folder belongs into an image. The first of <c>.runaiignore</c>, <c>.dockerignore</c> and <c>.gitignore</c> that the
/// folder has says what does not: <c>.dockerignore</c> by Docker's rules, the others by git's and with files of the same name in folders
/// below; <c>.git</c> never does, nor what a killed save of an artifact left.
/// A folder is kept when it is empty, and left out when all it holds is: another clone would not have it.
/// </summary>
internal sealed class SourceTree
{
    private const string GitFolder = ".git";
    private static readonly string[] IgnoreFiles = [".runaiignore", ".dockerignore", ".gitignore"];

    private readonly bool _keepsGit;
    private readonly List<SourceEntry> _entries = [];
    private readonly List<LeftOutEntry> _leftOut = [];
    private readonly CancellationToken _cancellation;

    private SourceTree(bool isCode, CancellationToken ct)
    {
        _keepsGit = !isCode;
        _cancellation = ct;
    }

    /// <summary>What of a folder with code is packed.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="ct">Ends the work.</param>
    /// <param name="dockerIgnore">A file of Docker's rules that counts in place of the folder's ignore files, by its path below the
    /// folder.</param>
    /// <exception cref="ContentException"><see cref="ErrorIds.ImageBuildFailed"/>: no such folder, or something in it cannot be
    /// read.</exception>
    public static SourceListing Read(string folder, CancellationToken ct, string? dockerIgnore = null) =>
        Read(folder, isCode: true, dockerIgnore, ct);

    /// <summary>All entries of a folder that is data, in the same order; only <c>.runaiignore</c> leaves anything out.</summary>
    /// <exception cref="ContentException"><see cref="ErrorIds.ImageBuildFailed"/>: no such folder, or something in it cannot be
    /// read.</exception>
    public static SourceListing ReadAll(string folder, CancellationToken ct) => Read(folder, isCode: false, null, ct);

    private static SourceListing Read(string folder, bool isCode, string? dockerIgnore, CancellationToken ct)
    {
        var root = new DirectoryInfo(folder);
        if (!root.Exists)
        {
            var what = File.Exists(folder) ? "is a file" : "does not exist";
            throw SourcePlatform.Refused(root, $"{what}. The source of a step is a folder.");
        }

        try
        {
            var tree = new SourceTree(isCode, ct);
            tree.Walk(root, "", dockerIgnore is null ? RulesOf(root, isCode) : new DockerIgnoreRules(root, dockerIgnore));
            tree._entries.Sort(SourceEntry.Compare);
            tree._leftOut.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
            return new SourceListing(tree._entries, tree._leftOut);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ContentException(
                ErrorIds.ImageBuildFailed,
                $"The source folder '{root.FullName}' cannot be read: {cause.Message} Make it readable, or list what is not "
                + "needed in .runaiignore.", cause)
            {
                Target = folder,
            };
        }
    }

    private static IIgnoreRules RulesOf(DirectoryInfo root, bool isCode)
    {
        // A folder that is data has no file of other tools' that speaks of it.
        var name = IgnoreFiles.Take(isCode ? IgnoreFiles.Length : 1).FirstOrDefault(file => File.Exists(Path.Combine(root.FullName, file)));
        return name == DockerIgnoreRules.FileName ? new DockerIgnoreRules(root, name) : new GitIgnoreRules(name ?? IgnoreFiles[0]);
    }

    /// <returns>Whether anything of the folder belongs into the image, or it is empty.</returns>
    private bool Walk(DirectoryInfo folder, string prefix, IIgnoreRules outer)
    {
        var rules = outer.In(prefix, folder);
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

    private bool Take(FileSystemInfo entry, string name, IIgnoreRules rules)
    {
        if ((entry.Name == GitFolder && !_keepsGit) || UnfinishedPart.Is(entry.Name))
        {
            return false;
        }

        var isLink = LinkPlatform.IsLink(entry);
        var folder = isLink ? null : entry as DirectoryInfo;
        if (rules.Ignoring(name, isFolder: folder is not null) is { } line)
        {
            return TakeFromLeftOut(folder, name, rules, line);
        }

        if (isLink)
        {
            _entries.Add(new SourceEntry(name, entry.FullName, SourceKind.Link, linkTarget: SourcePlatform.LinkTarget(entry)));
            return true;
        }

        return folder is null ? TakeFile((FileInfo)entry, name) : TakeFolder(folder, name, rules);
    }

    /// <summary>Takes what later lines bring back from below a folder that is left out.</summary>
    private bool TakeFromLeftOut(DirectoryInfo? folder, string name, IIgnoreRules rules, IgnoreLine line)
    {
        var known = _leftOut.Count;
        if (folder is not null && rules.BringsBackBelow && folder.EnumerateFileSystemInfos().Any() && Walk(folder, name + "/", rules))
        {
            _entries.Add(new SourceEntry(name, folder.FullName, SourceKind.Folder));
            return true;
        }

        _leftOut.RemoveRange(known, _leftOut.Count - known);
        _leftOut.Add(new LeftOutEntry(folder is null ? name : name + "/", line));
        return false;
    }

    private bool TakeFolder(DirectoryInfo folder, string name, IIgnoreRules rules)
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
            throw SourcePlatform.Refused(
                file, "has a name that is not UTF-8, or was deleted just now. Rename it, or list it in .runaiignore.");
        }

        SourcePlatform.RefuseSpecial(file);
        var kind = SourcePlatform.IsProgram(file) ? SourceKind.Program : SourceKind.File;
        _entries.Add(new SourceEntry(name, file.FullName, kind, file.Length) { ChangedAt = FileStatus.ChangedAt(file.FullName) });
        return true;
    }
}
