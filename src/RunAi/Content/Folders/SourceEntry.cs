using System.Text;

namespace RunAi.Content;

/// <summary>One file, folder or symbolic link of a source folder.</summary>
internal sealed class SourceEntry
{
    public SourceEntry(string name, string location, SourceKind kind, long size = 0, string? linkTarget = null)
    {
        Name = name;
        Location = location;
        Kind = kind;
        Size = size;
        LinkTarget = linkTarget;
        SortKey = Encoding.UTF8.GetBytes(name);
    }

    /// <summary>The path below the source folder, with <c>/</c> between its parts.</summary>
    public string Name { get; }

    /// <summary>The path on this machine.</summary>
    public string Location { get; }

    public SourceKind Kind { get; }

    /// <summary>The length of a file in bytes.</summary>
    public long Size { get; }

    /// <summary>
    /// When anything of a file last changed (<see cref="RunAi.Files.FileStatus"/>); null for what is no file, and where it cannot be told.
    /// </summary>
    public long? ChangedAt { get; init; }

    /// <summary>Where a link leads, as it says so itself, with <c>/</c> between the parts.</summary>
    public string? LinkTarget { get; }

    private byte[] SortKey { get; }

    /// <summary>Orders by the bytes of the name, which is the same in every culture and on every system.</summary>
    public static int Compare(SourceEntry left, SourceEntry right)
    {
        var shorter = Math.Min(left.SortKey.Length, right.SortKey.Length);
        for (var i = 0; i < shorter; i++)
        {
            if (left.SortKey[i] != right.SortKey[i])
            {
                return left.SortKey[i] - right.SortKey[i];
            }
        }

        return left.SortKey.Length - right.SortKey.Length;
    }
}
