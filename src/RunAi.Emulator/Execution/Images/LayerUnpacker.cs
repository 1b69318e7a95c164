using System.Formats.Tar;
using ZstdSharp;

namespace RunAi.Emulator.Execution.Images;

/// <summary>
/// Puts a layer's archive onto a root folder (OCI image specification, layers): files, folders, links, and whiteouts, which take away
/// what lower layers brought. Owners, times, set-id bits and devices are left out: an ordinary user could not make them.
/// </summary>
internal sealed class LayerUnpacker(RootFolder root)
{
    private const string Whiteout = ".wh.";
    private const string Opaque = ".wh..wh..opq";
    private const UnixFileMode Permissions = (UnixFileMode)0x1FF;

    private readonly Dictionary<string, UnixFileMode> _folders = [];

    /// <summary>What this layer itself brought, which an opaque whiteout leaves alone.</summary>
    private readonly HashSet<string> _brought = [];

    /// <exception cref="ImageException">The archive is malformed or names something outside the root.</exception>
    public async Task UnpackAsync(Stream archive, CancellationToken cancellation)
    {
        _brought.Clear();
        try
        {
            var reader = new TarReader(archive, leaveOpen: true);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.GetNextEntryAsync(copyData: false, cancellation).ConfigureAwait(false) is { } entry)
                {
                    await PutAsync(entry, cancellation).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e)
            when (e is InvalidDataException or FormatException or EndOfStreamException or ArgumentException or ZstdException)
        {
            throw new ImageException($"a layer is no tar archive: {e.Message}", e);
        }
    }

    /// <summary>Gives folders their modes, after all that goes into them.</summary>
    public void Finish()
    {
        foreach (var (folder, mode) in _folders.Where(pair => Directory.Exists(pair.Key)))
        {
            SetMode(folder, mode | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private async Task PutAsync(TarEntry entry, CancellationToken cancellation)
    {
        var name = entry.Name.TrimEnd('/');
        if (name.Split('/').Contains(".."))
        {
            throw new ImageException($"a layer names a path outside of its root: '{entry.Name}'");
        }

        var target = root.Resolve(name, followLast: false);
        if (target == root.FullPath)
        {
            return;
        }

        var file = Path.GetFileName(target);
        var parent = Path.GetDirectoryName(target)!;
        if (file.StartsWith(Whiteout, StringComparison.Ordinal))
        {
            TakeAway(parent, file);
            return;
        }

        MakeFolder(parent);
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                // A link in its place gives way, as in container engines.
                MakeFolder(target);
                _folders[target] = entry.Mode & Permissions;
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                Remove(target);
                await WriteAsync(entry, target, cancellation).ConfigureAwait(false);
                break;
            case TarEntryType.SymbolicLink:
                Remove(target);
                File.CreateSymbolicLink(target, entry.LinkName);
                break;
            case TarEntryType.HardLink:
                Copy(entry, target);
                break;
            case TarEntryType.CharacterDevice or TarEntryType.BlockDevice or TarEntryType.Fifo or TarEntryType.GlobalExtendedAttributes:
                return;
            default:
                throw new ImageException($"a layer has an entry of the unknown kind {entry.EntryType}: '{entry.Name}'");
        }

        _brought.Add(target);
    }

    private static async Task WriteAsync(TarEntry entry, string target, CancellationToken cancellation)
    {
        var to = new FileStream(target, FileMode.CreateNew, FileAccess.Write);
        await using (to.ConfigureAwait(false))
        {
            if (entry.DataStream is { } content)
            {
                await content.CopyToAsync(to, cancellation).ConfigureAwait(false);
            }
        }

        SetMode(target, (entry.Mode & Permissions) | UnixFileMode.UserRead);
    }

    /// <summary>The two names get a file each: a process that writes through one must not change another pod's.</summary>
    private void Copy(TarEntry entry, string target)
    {
        var source = root.Resolve(entry.LinkName, followLast: false);
        if (!File.Exists(source) || new FileInfo(source).LinkTarget is not null)
        {
            throw new ImageException($"a layer links '{entry.Name}' to '{entry.LinkName}', which is no file of the image");
        }

        if (source != target)
        {
            Remove(target);
            File.Copy(source, target);
        }
    }

    private void TakeAway(string parent, string name)
    {
        if (name != Opaque)
        {
            var hidden = name[Whiteout.Length..];
            Remove(hidden is "" or "." or ".."
                ? throw new ImageException($"a layer takes away what is no name: '{name}'")
                : Path.Combine(parent, hidden));
            return;
        }

        foreach (var below in Directory.Exists(parent) ? Directory.GetFileSystemEntries(parent) : [])
        {
            if (!_brought.Any(text => text == below || text.StartsWith(below + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
            {
                Remove(below);
            }
        }
    }

    private static void MakeFolder(string path)
    {
        // A file or link where a folder is wanted gives way.
        if (!Directory.Exists(path) || new DirectoryInfo(path).LinkTarget is not null)
        {
            if (Path.GetDirectoryName(path) is { } above && !Directory.Exists(above))
            {
                MakeFolder(above);
            }

            Remove(path);
            Directory.CreateDirectory(path);
        }
    }

    private static void Remove(string path)
    {
        if (new FileInfo(path) is { LinkTarget: not null } or { Exists: true })
        {
            File.Delete(path);
        }
        else if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
