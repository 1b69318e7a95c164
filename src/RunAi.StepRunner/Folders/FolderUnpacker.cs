using System.Formats.Tar;

namespace RunAi.StepRunner.Folders;

/// <summary>
/// Unpacks a tar stream into a new folder. Nothing leaves that folder: names with <c>..</c> are refused, links are made as they are but
/// never followed, and devices and the like are refused.
/// </summary>
internal sealed class FolderUnpacker(string destination)
{
    private const UnixFileMode Permissions = (UnixFileMode)0b111_111_111;
    private const UnixFileMode OwnerMayDoAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly HashSet<string> _folders = [destination];
    private readonly List<(string Path, UnixFileMode Mode)> _folderModes = [];

    /// <exception cref="UnpackException">The stream wants to write elsewhere, or holds what is no file.</exception>
    /// <exception cref="InvalidDataException">The stream is no tar stream.</exception>
    public async Task UnpackAsync(Stream content, CancellationToken ct)
    {
        Directory.CreateDirectory(destination);
        await using var reader = new TarReader(content, leaveOpen: true);
        while (await reader.GetNextEntryAsync(copyData: false, ct) is { } entry)
        {
            if (entry.EntryType is not TarEntryType.GlobalExtendedAttributes)
            {
                await UnpackAsync(entry, ct);
            }
        }

        // Last and from the inside out, since a read-only folder takes no more files.
        for (var i = _folderModes.Count - 1; i >= 0; i--)
        {
            File.SetUnixFileMode(_folderModes[i].Path, _folderModes[i].Mode);
        }
    }

    private async Task UnpackAsync(TarEntry entry, CancellationToken ct)
    {
        var path = Place(entry.Name);
        if (entry.EntryType == TarEntryType.Directory)
        {
            EnsureFolder(path, entry.Name);
            _folderModes.Add((path, (entry.Mode & Permissions) | (path == destination ? OwnerMayDoAll : 0)));
            return;
        }

        if (path == destination)
        {
            throw new UnpackException("The folder's content has an entry without a name.");
        }

        EnsureFolder(Path.GetDirectoryName(path)!, entry.Name);
        switch (entry.EntryType)
        {
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                await WriteFileAsync(entry, path, ct);
                break;
            case TarEntryType.SymbolicLink:
                File.CreateSymbolicLink(path, entry.LinkName);
                break;
            case TarEntryType.HardLink:
                LinkFile(path, entry);
                break;
            default:
                throw new UnpackException(
                    $"The folder's content has {entry.Name}, which is neither a file nor a folder nor a link ({entry.EntryType}).");
        }
    }

    private static async Task WriteFileAsync(TarEntry entry, string path, CancellationToken ct)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            UnixCreateMode = entry.Mode & Permissions,
        };
        await using (var file = new FileStream(path, options))
        {
            if (entry.DataStream is { } data)
            {
                await data.CopyToAsync(file, 256 << 10, ct);
            }
        }

        File.SetLastWriteTimeUtc(path, entry.ModificationTime.UtcDateTime);
    }

    /// <summary>A second name of a file that came before becomes a copy of it, without following links.</summary>
    private void LinkFile(string path, TarEntry entry)
    {
        var target = Place(entry.LinkName);
        EnsureFolder(Path.GetDirectoryName(target)!, entry.LinkName);
        if (new FileInfo(target) is not { Exists: true, LinkTarget: null })
        {
            throw new UnpackException($"The folder's content has {entry.Name}, a link to {entry.LinkName}, which did not come before it.");
        }

        File.Copy(target, path);
    }

    private string Place(string name)
    {
        var parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var path = destination;
        foreach (var part in parts)
        {
            if (part == "..")
            {
                throw new UnpackException($"The folder's content has {name}, which would be outside of it.");
            }

            path = part == "." ? path : Path.Combine(path, part);
        }

        return name.StartsWith('/') ? throw new UnpackException($"The folder's content has {name}, which would be outside of it.") : path;
    }

    /// <summary>Makes a folder and those above it; what is there already must be a folder that was made here, not a link.</summary>
    private void EnsureFolder(string path, string name)
    {
        if (_folders.Contains(path))
        {
            return;
        }

        EnsureFolder(Path.GetDirectoryName(path)!, name);
        if (File.Exists(path) || new FileInfo(path).LinkTarget is not null)
        {
            throw new UnpackException($"The folder's content has {name} below something that is no folder.");
        }

        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | OwnerMayDoAll);
        _folders.Add(path);
    }
}
