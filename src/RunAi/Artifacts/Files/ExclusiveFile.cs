#if !NETFRAMEWORK
using System.Runtime.InteropServices;
#endif

namespace RunAi.Artifacts;

/// <summary>
/// Gives a finished file a second name that nobody has taken yet: of many at once one wins, and readers never see a part.
/// </summary>
internal static class ExclusiveFile
{
    /// <summary>Moves a file to a name, unless something has the name.</summary>
    /// <returns>False when something has it; then the file stays where it is.</returns>
    public static bool TryMove(string source, string target)
    {
#if !NETFRAMEWORK
        if (!OperatingSystem.IsWindows())
        {
            return TryLink(source, target);
        }
#endif
        try
        {
            File.Move(source, target);
            return true;
        }
        catch (IOException) when (File.Exists(target))
        {
            return false;
        }
    }

    /// <summary>For file systems without second names: the name is taken first and filled at once.</summary>
    public static bool TryWrite(string source, string target)
    {
        try
        {
            using (var file = new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                var bytes = File.ReadAllBytes(source);
                file.Write(bytes, 0, bytes.Length);
                file.Flush(flushToDisk: true);
            }

            File.Delete(source);
            return true;
        }
        catch (IOException) when (File.Exists(target))
        {
            return false;
        }
    }

#if !NETFRAMEWORK
    private const int Exists = 17;

    /// <summary>
    /// Errors of file systems that know no hard links: EPERM, EXDEV, EMLINK, ENOSYS and EOPNOTSUPP of Linux, ENOTSUP of macOS.
    /// </summary>
    private static readonly int[] Unsupported = [1, 18, 31, 38, 95, 45];

    /// <summary>.NET's own move asks first whether there is a file and then renames: two could win.</summary>
    private static bool TryLink(string source, string target)
    {
        if (Link(source, target) == 0)
        {
            File.Delete(source);
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == Exists ? false
            : Unsupported.Contains(error) ? TryWrite(source, target)
            : throw new IOException($"'{target}' cannot be created: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string source, [MarshalAs(UnmanagedType.LPUTF8Str)] string target);
#endif
}
