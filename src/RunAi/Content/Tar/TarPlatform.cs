namespace RunAi.Content;

/// <summary>
/// Makes what a tar archive holds beside files and folders: links and modes. .NET Framework, which runs on Windows only, has neither.
/// </summary>
internal static class TarPlatform
{
#if NETFRAMEWORK
    public static void CreateLink(string path, string target, string uri) => throw new ContentException(
        ErrorIds.ArtifactFailed, $"The artifact '{uri}' holds the symbolic link '{Path.GetFileName(path)}', which Windows PowerShell "
            + "cannot make. Save it with PowerShell 7.4 or later.")
    {
        Target = uri,
    };

    /// <summary>Windows has no such mark.</summary>
    public static void MarkAsProgram(string path)
    {
    }
#else
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
                ErrorIds.ArtifactFailed,
                $"The artifact '{uri}' holds the symbolic link '{Path.GetFileName(path)}', which this user may not make: {refused.Message} "
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
