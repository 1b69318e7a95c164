#if !NETFRAMEWORK
using System.Runtime.InteropServices;
#endif

namespace RunAi.Files;

/// <summary>What the kernel knows of a file and .NET does not tell.</summary>
internal static class FileStatus
{
    /// <summary>
    /// When anything of a file last changed: its content, its name or its other times (POSIX, <c>st_ctim</c>). Nobody can set it, so that
    /// it also finds a file that was replaced by one of the same size and time.
    /// </summary>
    /// <returns>The time since 1970 in nanoseconds; null where it cannot be told: on other systems than Linux.</returns>
    public static long? ChangedAt(string path)
    {
#if NETFRAMEWORK
        return null;
#else
        return OperatingSystem.IsLinux() ? ReadChange(path) : null;
#endif
    }

#if !NETFRAMEWORK
    private const int CurrentFolder = -100;
    private const int NotFollowingLinks = 0x100;
    private const uint ChangeTime = 0x80;
    private const int Size = 256;
    private const int ChangeTimeAt = 96;

    private static bool _isMissing;

    private static long? ReadChange(string path)
    {
        if (_isMissing)
        {
            return null;
        }

        var status = new byte[Size];
        try
        {
            var isRead = StatX(CurrentFolder, path, NotFollowingLinks, ChangeTime, status) == 0;
            return isRead && (BitConverter.ToUInt32(status, 0) & ChangeTime) != 0
                ? (BitConverter.ToInt64(status, ChangeTimeAt) * 1_000_000_000) + BitConverter.ToUInt32(status, ChangeTimeAt + sizeof(long))
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            // glibc has it since 2.28.
            _isMissing = true;
            return null;
        }
    }

    /// <summary><c>statx(2)</c>; its structure is the same on all architectures (linux/stat.h).</summary>
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "statx")]
    private static extern int StatX(
        int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] status);
#endif
}
