#if NETFRAMEWORK
using System.ComponentModel;
using System.Runtime.InteropServices;
#endif

namespace RunAi.Files;

/// <summary>
/// Tells links from other reparse points of Windows, such as the files of a cloud drive.
/// </summary>
internal static class LinkPlatform
{
    private const int Absent = -1;

    /// <summary>True for a symbolic link and a junction; false for any other reparse point and for what is not there.</summary>
    public static bool IsLink(FileSystemInfo entry) =>
        (int)entry.Attributes != Absent && (entry.Attributes & FileAttributes.ReparsePoint) != 0 && IsLinkPoint(entry);

#if NETFRAMEWORK
    /// <summary>
    /// True for the tags of symbolic links and junctions (<c>IO_REPARSE_TAG_SYMLINK</c>, <c>IO_REPARSE_TAG_MOUNT_POINT</c> of [MS-FSCC]
    /// 2.1.2.1).
    /// </summary>
    public static bool IsLinkTag(uint tag) => tag is 0xA000000C or 0xA0000003;

    private static bool IsLinkPoint(FileSystemInfo entry)
    {
        if (Path.DirectorySeparatorChar == '/')
        {
            // Mono on other systems: nothing else shows as a reparse point.
            return true;
        }

        var found = FindFirstFileW(entry.FullName.TrimEnd('\\'), out var data);
        if (found == new IntPtr(-1))
        {
            throw new IOException($"'{entry.FullName}' cannot be read.", new Win32Exception());
        }

        FindClose(found);
        return IsLinkTag(data.ReparseTag);
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
    private static extern IntPtr FindFirstFileW(string path, out FindData data);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool FindClose(IntPtr find);

    /// <summary><c>WIN32_FIND_DATAW</c>, whose <c>dwReserved0</c> is the tag of a reparse point.</summary>
    [StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)]
    private struct FindData
    {
        public uint Attributes;
        public System.Runtime.InteropServices.ComTypes.FILETIME Created;
        public System.Runtime.InteropServices.ComTypes.FILETIME Accessed;
        public System.Runtime.InteropServices.ComTypes.FILETIME Written;
        public uint SizeHigh;
        public uint SizeLow;
        public uint ReparseTag;
        public uint Reserved;

        [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 260)]
        public string Name;

        [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 14)]
        public string ShortName;
    }
#else
    private static bool IsLinkPoint(FileSystemInfo entry) => entry.LinkTarget is not null;
#endif
}
