using System.Security.Cryptography;

namespace RunAi.EndToEnd.Tests.Steps;

/// <summary>A folder with what gets lost on the way where nobody takes care.</summary>
internal static class SampleTree
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Writes it.</summary>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "empty"));
        Directory.CreateDirectory(Path.Combine(folder, "sub"));
        File.WriteAllText(Path.Combine(folder, "sub", "größe 你好.txt"), "hello\n");
        File.WriteAllText(Path.Combine(folder, "run.sh"), "#!/bin/sh\n");
        File.SetUnixFileMode(Path.Combine(folder, "run.sh"), Executable);
        File.CreateSymbolicLink(Path.Combine(folder, "link"), "sub/größe 你好.txt");
        File.WriteAllBytes(Path.Combine(folder, "none"), []);
        WriteRandom(Path.Combine(folder, "sub", "random.bin"), 3 << 20, seed: 7);
    }

    /// <summary>Writes bytes that do not compress, the same for the same seed.</summary>
    public static void WriteRandom(string file, int size, int seed)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        File.WriteAllBytes(file, bytes);
    }

    /// <summary>Everything in a folder, a line each: kind, name, whether it can be executed, and what it holds.</summary>
    public static IReadOnlyList<string> Describe(string folder) =>
        [.. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .Select(enumerateFileSystemInfo =>
                $"{Path.GetRelativePath(folder, enumerateFileSystemInfo.FullName)}: {Content(enumerateFileSystemInfo)}")
            .Order(StringComparer.Ordinal)];

    public static string DigestOf(string file) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));

    private static string Content(FileSystemInfo fileSystem) =>
        fileSystem.LinkTarget is { } target ? "link to " + target
        : fileSystem is DirectoryInfo ? "folder"
        : $"{(fileSystem.UnixFileMode.HasFlag(UnixFileMode.UserExecute) ? "program" : "file")} {DigestOf(fileSystem.FullName)}";
}
