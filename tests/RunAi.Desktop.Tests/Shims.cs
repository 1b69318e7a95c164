using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace RunAi.Tests;

/// <summary>Members of .NET that the tests use and neither .NET Framework nor Polyfill has.</summary>
internal static class Shims
{
    extension(DateTime)
    {
        public static DateTime UnixEpoch => new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    }

    extension(double)
    {
        public static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);
    }

    extension(File)
    {
        /// <summary>Makes a symbolic link; the tests run where there is libc.</summary>
        public static void CreateSymbolicLink(string path, string target) => Assert.Equal(0, Link(target, path));
    }

    extension(FileSystemInfo entry)
    {
        public string? LinkTarget
        {
            get
            {
                var bytes = new byte[4096];
                var length = (int)ReadLink(entry.FullName, bytes, (IntPtr)bytes.Length);
                return length < 0 ? null : System.Text.Encoding.UTF8.GetString(bytes, 0, length);
            }
        }
    }

    public static string Replace(this string text, string old, string replacement, StringComparison comparison)
    {
        Assert.Equal(StringComparison.Ordinal, comparison);
        return text.Replace(old, replacement);
    }

    public static async Task<TcpClient> AcceptTcpClientAsync(this TcpListener listener, CancellationToken ct)
    {
        using var end = ct.Register(listener.Stop);
        try
        {
            return await listener.AcceptTcpClientAsync();
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(ct);
        }
    }

    [DllImport("libc", EntryPoint = "symlink")]
    internal static extern int Link(string target, string path);

    [DllImport("libc", EntryPoint = "readlink")]
    private static extern IntPtr ReadLink(string path, byte[] target, IntPtr size);
}
