using System.Formats.Tar;

namespace RunAi.StepRunner.Folders;

/// <summary>
/// A folder as a tar stream whose length is known before a byte of it is made, and that can be read from any place: each entry is
/// remembered by its path, and its header is made when it is read. Sorted by path, so that the same folder gives the same stream.
/// </summary>
internal sealed class TarPlan
{
    private const int Block = 512;
    private const long LargestPlainSize = 8L << 30;
    private const int LongestPlainName = 99;
    private readonly List<TarPlanEntry> _entries;

    private TarPlan(List<TarPlanEntry> entries, IReadOnlyList<string> leftOut)
    {
        _entries = entries;
        LeftOut = leftOut;
        var position = 0L;
        foreach (var entry in entries)
        {
            entry.Start = position;
            entry.HeaderSize = Header(entry).Length;
            position += entry.HeaderSize + Padded(entry.Size);
        }

        Length = position + (2 * Block);
    }

    /// <summary>The bytes of the whole stream.</summary>
    public long Length { get; }

    public IReadOnlyList<TarPlanEntry> Entries => _entries;

    /// <summary>What is in the folder and not in the stream, each with the reason, in a sentence.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>Plans the stream of a folder.</summary>
    /// <param name="folder">Its full path.</param>
    /// <param name="keepsForeignLinks">True to keep links that lead out of the folder as they are, for one that comes back to the same
    /// place.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be read.</exception>
    public static TarPlan Of(string folder, bool keepsForeignLinks = false)
    {
        var (entries, leftOut) = (new List<TarPlanEntry>(), new List<string>());
        Collect(new DirectoryInfo(folder), "", entries, leftOut, new FolderLinks(folder), keepsForeignLinks);
        return new TarPlan(entries, leftOut);
    }

    /// <summary>The index of the entry that holds a place of the stream; the number of entries for the end mark.</summary>
    public int EntryAt(long position)
    {
        int low = 0, high = _entries.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            var entry = _entries[middle];
            if (entry.Start + entry.HeaderSize + Padded(entry.Size) <= position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    public static long Padded(long size) => (size + Block - 1) / Block * Block;

    public static byte[] Header(TarPlanEntry entry)
    {
        using var made = new MemoryStream();
        using var writer = new TarWriter(made, TarEntryFormat.Pax, leaveOpen: true);
        var tar = Describe(entry);
        var header = 0L;
        using var content = new UnreadContent(entry.Size, () => header = made.Length);
        if (entry.Type == TarEntryType.RegularFile)
        {
            tar.DataStream = content;
        }

        writer.WriteEntry(tar);
        return made.GetBuffer().AsSpan(0, (int)(header == 0 ? made.Length : header)).ToArray();
    }

    private static TarEntry Describe(TarPlanEntry entry)
    {
        var plain = entry.Size < LargestPlainSize && Fits(entry.Name) && Fits(entry.LinkTarget);
        TarEntry tar = plain ? new UstarTarEntry(entry.Type, entry.Name) : new PaxTarEntry(entry.Type, entry.Name);
        tar.Mode = entry.Mode;
        tar.ModificationTime = entry.ModifiedAt;
        if (entry.LinkTarget is { } target)
        {
            tar.LinkName = target;
        }

        return tar;
    }

    private static bool Fits(string? name) => name is null || (name.Length <= LongestPlainName && System.Text.Ascii.IsValid(name));

    private static void Collect(
        DirectoryInfo folder, string prefix, List<TarPlanEntry> entries, List<string> leftOut, FolderLinks links, bool keepsForeignLinks)
    {
        var children = folder.GetFileSystemInfos();
        Array.Sort(children, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        foreach (var child in children)
        {
            var name = prefix + child.Name;
            if (!Execution.FileKind.IsReachable(child.FullName))
            {
                // The framework reads names as UTF-8: what is none cannot be opened by the name that it gives.
                leftOut.Add(child.Name.Contains('\uFFFD')
                    ? $"{name} is left out: its name is not UTF-8. Rename it before the step ends."
                    : $"{name} is left out: it went away while it was read.");
            }
            else if (child.LinkTarget is { } target)
            {
                if ((links.Inside(name, target) ?? (keepsForeignLinks ? target : null)) is { } inside)
                {
                    entries.Add(new TarPlanEntry(child, TarEntryType.SymbolicLink, name, 0, inside));
                }
                else
                {
                    leftOut.Add(
                        $"{name} is left out: it is a link to {target}, which leads out of the folder. Copy what it leads to instead.");
                }
            }
            else if (child is DirectoryInfo inner)
            {
                entries.Add(new TarPlanEntry(child, TarEntryType.Directory, name + "/", 0, null));
                Collect(inner, name + "/", entries, leftOut, links, keepsForeignLinks);
            }
            else if (IsPlain(child))
            {
                entries.Add(new TarPlanEntry(child, TarEntryType.RegularFile, name, ((FileInfo)child).Length, null));
            }
        }
    }

    /// <summary>Sockets, pipes and devices have no content to keep.</summary>
    private static bool IsPlain(FileSystemInfo file) => (file.Attributes & (FileAttributes.Device | FileAttributes.ReparsePoint)) == 0
        && Execution.FileKind.IsRegular(file.FullName);
}
