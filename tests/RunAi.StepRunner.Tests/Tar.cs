using System.Formats.Tar;
using System.Text;

namespace RunAi.StepRunner.Tests;

/// <summary>Tar streams for tests, and what is in one.</summary>
internal static class Tar
{
    public static byte[] Of(params TarEntry[] entries)
    {
        using var made = new MemoryStream();
        using (var writer = new TarWriter(made, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                writer.WriteEntry(entry);
            }
        }

        return made.ToArray();
    }

    public static PaxTarEntry File(string name, string content, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite) =>
        new(TarEntryType.RegularFile, name) { Mode = mode, DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) };

    public static PaxTarEntry Link(string name, string target, TarEntryType type = TarEntryType.SymbolicLink) =>
        new(type, name) { LinkName = target };

    public static PaxTarEntry Folder(string name, UnixFileMode mode) => new(TarEntryType.Directory, name) { Mode = mode };

    /// <summary>
    /// Lists a tar stream with the program of that name, so that the runner's own reader is not its own judge. Modes are those of the
    /// stream, whatever the umask.
    /// </summary>
    public static string[] Extract(byte[] tar, string destination)
    {
        Directory.CreateDirectory(destination);
        var archive = destination + ".tar";
        System.IO.File.WriteAllBytes(archive, tar);
        using var process = System.Diagnostics.Process.Start("tar", ["-xpf", archive, "-C", destination]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return [.. Directory.EnumerateFileSystemEntries(destination, "*", SearchOption.AllDirectories)
            .Select(p => Path.GetRelativePath(destination, p)).Order(StringComparer.Ordinal)];
    }
}
