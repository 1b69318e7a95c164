using System.Security.Cryptography;
using System.Text;

namespace RunAi.StepRunner.Checkpoints;

/// <summary>Tells whether a folder changed, by the names, sizes and times of what is in it.</summary>
internal static class FolderFingerprint
{
    /// <summary>That of a folder that is empty or not there.</summary>
    public const string Empty = "";

    public static string Of(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return Empty;
        }

        var entries = new DirectoryInfo(folder).GetFileSystemInfos(
            "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 });
        if (entries.Length == 0)
        {
            return Empty;
        }

        Array.Sort(entries, static (a, b) => string.CompareOrdinal(a.FullName, b.FullName));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var entry in entries)
        {
            // One whose name is not UTF-8 cannot be looked at, nor kept.
            var size = entry is FileInfo { Exists: true, LinkTarget: null } file ? file.Length : -1;
            hash.AppendData(Encoding.UTF8.GetBytes($"{entry.FullName}\0{size}\0{entry.LastWriteTimeUtc.Ticks}\0{entry.LinkTarget}\n"));
        }

        return Digest.Of(hash);
    }
}
