namespace RunAi.Emulator.Execution.Images;

/// <summary>Copies a folder with its links and modes. A copy is a pod's own: what it writes changes no other's.</summary>
internal static class TreeCopy
{
    public static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var entry in from.EnumerateFileSystemInfos())
        {
            var target = Path.Combine(to, entry.Name);
            if (entry.LinkTarget is { } link)
            {
                File.CreateSymbolicLink(target, link);
            }
            else if (entry is DirectoryInfo folder)
            {
                Copy(folder, target);
            }
            else
            {
                // The system's own copy brings the mode along.
                File.Copy(entry.FullName, target);
            }
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(to, from.UnixFileMode);
        }
    }
}
