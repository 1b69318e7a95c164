#if NETFRAMEWORK
using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
#endif

namespace RunAi.Files;

/// <summary>
/// The file operations that differ between .NET and .NET Framework (which runs on Windows only): private modes, links,
/// and replacing a file in one step.
/// </summary>
internal static class FilePlatform
{
#if NETFRAMEWORK
    public static bool ReadersBlock => true;

    public static void CreateFolder(string path) => Directory.CreateDirectory(path);

    public static FileStream OpenPrivate(string path, FileMode mode) =>
        new(path, mode, FileAccess.ReadWrite, FileShare.None);

    /// <summary>
    /// Puts one file in the place of another in one step, be the other there or not. <c>File.Replace</c> needs it there and the right to
    /// change its permissions, and <c>File.Move</c> needs it not there.
    /// </summary>
    public static void Replace(string source, string target)
    {
        const uint ReplaceExisting = 1, CopyAllowed = 2;
        const int AccessDenied = 5;
        if (Path.DirectorySeparatorChar == '/')
        {
            // Mono on other systems.
            if (Rename(source, target) != 0)
            {
                throw new IOException($"'{target}' cannot be written: {new Win32Exception().Message}");
            }
        }
        else if (!MoveFileExW(source, target, ReplaceExisting | CopyAllowed))
        {
            var error = new Win32Exception();
            var message = $"'{target}' cannot be written: {error.Message}";
            throw error.NativeErrorCode == AccessDenied ? new UnauthorizedAccessException(message, error) : new IOException(message, error);
        }
    }

    public static string FollowLinks(string path)
    {
        if (!File.Exists(path) || (File.GetAttributes(path) & FileAttributes.ReparsePoint) == 0)
        {
            return path;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var name = new char[short.MaxValue];
        var length = GetFinalPathNameByHandleW(file.SafeFileHandle, name, (uint)name.Length, 0);
        return length > 0 && length < name.Length
            ? WithoutDevicePrefix(new string(name, 0, (int)length))
            : throw new IOException("The link cannot be followed.", new Win32Exception());
    }

    private static string WithoutDevicePrefix(string path) =>
        path.StartsWith(@"\\?\UNC\", StringComparison.Ordinal) ? @"\\" + path.Substring(8)
        : path.StartsWith(@"\\?\", StringComparison.Ordinal) ? path.Substring(4)
        : path;

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool MoveFileExW(string source, string target, uint flags);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "rename", SetLastError = true)]
    private static extern int Rename(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string source, [MarshalAs(UnmanagedType.LPUTF8Str)] string target);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
    private static extern uint GetFinalPathNameByHandleW(SafeFileHandle file, [Out] char[] path, uint size, uint flags);
#else
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>True where a file that is being read cannot be replaced.</summary>
    public static bool ReadersBlock => OperatingSystem.IsWindows();

    /// <summary>Creates a folder that on Unix only its owner may enter, as the XDG specification asks for.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerFile | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Opens a file for this handle alone; a new one gets mode 0600 on Unix.</summary>
    public static FileStream OpenPrivate(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        return new FileStream(path, options);
    }

    /// <summary>Puts one file in the place of another in one step (a rename within the folder).</summary>
    public static void Replace(string source, string target) => File.Move(source, target, overwrite: true);

    /// <summary>The file that a symbolic link leads to, be it there or not; any other path as it is.</summary>
    public static string FollowLinks(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null ? path : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }
#endif
}
