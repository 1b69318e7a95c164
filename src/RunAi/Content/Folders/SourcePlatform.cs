namespace RunAi.Content;

/// <summary>The few things about files that differ between systems and frameworks: links, executable bits, special files.</summary>
internal static class SourcePlatform
{
    /// <summary>Where a symbolic link leads.</summary>
    /// <exception cref="ContentException">The link cannot be read or cannot be one in a Linux image.</exception>
    public static string LinkTarget(FileSystemInfo entry)
    {
#if NETFRAMEWORK
        throw Refused(
            entry, "is a symbolic link, which Windows PowerShell cannot read. Use PowerShell 7.4 or later, or list it in .runaiignore.");
#else
        var target = entry.LinkTarget!;
        if (!OperatingSystem.IsWindows())
        {
            return target;
        }

        return Path.IsPathRooted(target)
            ? throw Refused(
                entry,
                $"is a link to '{target}', a path of Windows that no Linux image has. Make it a relative link, or list it in .runaiignore.")
            : target.Replace('\\', '/');
#endif
    }

    /// <summary>
    /// Whether a file may be executed. Windows has no such mark: a file that starts with <c>#!</c> or is an ELF program is taken
    /// for one, which is what the mark is set on elsewhere.
    /// </summary>
    public static bool IsProgram(FileInfo file)
    {
#if !NETFRAMEWORK
        if (!OperatingSystem.IsWindows())
        {
            return (file.UnixFileMode & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
        }
#endif
        return LooksLikeProgram(file);
    }

    /// <summary>Whether a file starts like a script or an ELF program.</summary>
    public static bool LooksLikeProgram(FileInfo file)
    {
        using var stream = file.OpenRead();
        var first = stream.ReadByte();
        var second = stream.ReadByte();
        return (first, second) is ('#', '!') or (0x7f, 'E');
    }

    /// <summary>Refuses sockets, pipes and devices, which show as files without content.</summary>
    public static void RefuseSpecial(FileInfo file)
    {
#if !NETFRAMEWORK
        if (file.Length > 0 || OperatingSystem.IsWindows())
        {
            return;
        }

        using var header = new MemoryStream();
        try
        {
            using var probe = new System.Formats.Tar.TarWriter(header, System.Formats.Tar.TarEntryFormat.Ustar, leaveOpen: true);
            probe.WriteEntry(file.FullName, "probe");
        }
        catch (IOException)
        {
            throw NoFile(file);
        }

        const int TypeAt = 156;
        if (header.GetBuffer()[TypeAt] is not ((byte)'0' or 0))
        {
            throw NoFile(file);
        }
#endif
    }

    public static ContentException Refused(FileSystemInfo entry, string why) =>
        new(ErrorIds.ImageBuildFailed, $"'{entry.FullName}' {why}") { Target = entry.FullName };

#if !NETFRAMEWORK
    private static ContentException NoFile(FileInfo file) =>
        Refused(file, "is a socket, a pipe or a device, which an image cannot hold. Remove it, or list it in .runaiignore.");
#endif
}
