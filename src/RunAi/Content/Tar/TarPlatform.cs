#if NETFRAMEWORK
using SharpCompress.Common;
using SharpCompress.Common.Tar;
using SharpCompress.Readers;
using SharpCompress.Readers.Tar;
#else
using System.Formats.Tar;
#endif

namespace RunAi.Content;

/// <summary>Reading tar streams and setting links and modes, which differ between .NET and .NET Framework (which runs on Windows only).</summary>
internal static class TarPlatform
{
    private const int ExecuteBits = 0b001_001_001;

#if NETFRAMEWORK
    /// <summary>The entries in their order. The reader does not tell all kinds apart, and Windows gets neither links nor devices.</summary>
    public static IEnumerable<TarItem> Read(Stream tar)
    {
        using var reader = TarReader.OpenReader(tar, ReaderOptions.ForExternalStream);
        while (reader.MoveToNextEntry())
        {
            var entry = (TarEntry)reader.Entry;
            var isLink = !string.IsNullOrEmpty(entry.LinkTarget);
            var isFile = !isLink && !entry.IsDirectory;
            using var content = isFile ? reader.OpenEntryStream() : null;
            yield return new TarItem
            {
                Name = entry.Key ?? "",
                Kind = isLink ? TarItemKind.Link : isFile ? TarItemKind.File : TarItemKind.Folder,
                LinkTarget = entry.LinkTarget ?? "",
                IsProgram = (entry.Mode & ExecuteBits) != 0,
                Size = isFile ? entry.Size : 0,
                Content = content,
            };
        }
    }

    /// <summary>Whether a failure means that the stream is no whole tar archive.</summary>
    public static bool IsNoTar(Exception failure) => failure is SharpCompressException or InvalidDataException or FormatException or EndOfStreamException;

    public static void CreateLink(string path, string target, string uri) => throw new ContentException(
        ErrorIds.ArtifactFailed, $"The artifact '{uri}' holds the symbolic link '{Path.GetFileName(path)}', which Windows PowerShell cannot make. Save it with PowerShell 7.4 or later.")
    {
        Target = uri,
    };

    /// <summary>Windows has no such mark.</summary>
    public static void MarkAsProgram(string path)
    {
    }
#else
    /// <summary>The entries in their order.</summary>
    public static IEnumerable<TarItem> Read(Stream tar)
    {
        using var reader = new TarReader(tar, leaveOpen: true);
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.EntryType == TarEntryType.GlobalExtendedAttributes)
            {
                continue;
            }

            yield return new TarItem
            {
                Name = entry.Name,
                Kind = entry.EntryType switch
                {
                    TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile => TarItemKind.File,
                    TarEntryType.Directory => TarItemKind.Folder,
                    TarEntryType.SymbolicLink => TarItemKind.Link,
                    _ => TarItemKind.Other,
                },
                LinkTarget = entry.LinkName,
                IsProgram = ((int)entry.Mode & ExecuteBits) != 0,
                Size = entry.Length,
                Content = entry.DataStream,
            };
        }
    }

    /// <summary>Whether a failure means that the stream is no whole tar archive.</summary>
    public static bool IsNoTar(Exception failure) => failure is InvalidDataException or FormatException or EndOfStreamException;

    /// <summary>Makes a symbolic link; on Windows that may need a right.</summary>
    public static void CreateLink(string path, string target, string uri)
    {
        try
        {
            File.CreateSymbolicLink(path, target);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException && OperatingSystem.IsWindows())
        {
            throw new ContentException(
                ErrorIds.ArtifactFailed, $"The artifact '{uri}' holds the symbolic link '{Path.GetFileName(path)}', which this user may not make: {refused.Message} "
                + "Turn on Windows' developer mode, or run elevated.", refused)
            {
                Target = uri,
            };
        }
    }

    /// <summary>Lets those run a file who may read it.</summary>
    public static void MarkAsProgram(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            var mode = File.GetUnixFileMode(path);
            File.SetUnixFileMode(path, mode | (UnixFileMode)(((int)mode & 0b100_100_100) >> 2));
        }
    }
#endif
}
