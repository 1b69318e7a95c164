using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace RunAi.Processes;

/// <summary>Tells when the process that started this one has ended.</summary>
internal sealed class ParentProcess : IDisposable
{
    private const int HangUp = 1;

    private readonly int _id;
    private readonly Process? _process;

    private ParentProcess(int id, Process? process) => (_id, _process) = (id, process);

    /// <summary>True for a process that was started to outlive its terminal and its parent, as nohup does. Known on Linux only.</summary>
    public static bool HangUpIsIgnored { get; } = IgnoresHangUp();

    /// <summary>True when the parent there was is no more.</summary>
    public bool HasEnded => _process is null ? ParentId() != _id : _process.HasExited;

    /// <summary>The parent of this process; null when it has ended already, is the first of its system, or is not to be known.</summary>
    public static ParentProcess? Find()
    {
        if (HangUpIsIgnored)
        {
            return null;
        }

        return Path.DirectorySeparatorChar == '/'
            ? ParentId() is > 1 and var id ? new ParentProcess(id, null) : null
            : OnWindows();
    }

    public void Dispose() => _process?.Dispose();

    private static ParentProcess? OnWindows()
    {
        using var self = Process.GetCurrentProcess();
        var information = new BasicInformation();
        if (NtQueryInformationProcess(self.Handle, 0, ref information, Marshal.SizeOf(information), out _) != 0)
        {
            return null;
        }

        Process? parent = null;
        try
        {
            parent = Process.GetProcessById(information.ParentId.ToInt32());

            // The id of a parent that has ended may be another's by now, which is younger than this process.
            if (parent.StartTime <= self.StartTime)
            {
                return new ParentProcess(parent.Id, parent);
            }
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended, or belongs to somebody else.
            parent?.Dispose();
            return null;
        }

        parent.Dispose();
        return null;
    }

    private static bool IgnoresHangUp()
    {
        const string Status = "/proc/self/status", Field = "SigIgn:";
        if (!File.Exists(Status))
        {
            return false;
        }

        var line = File.ReadLines(Status).FirstOrDefault(text => text.StartsWith(Field, StringComparison.Ordinal));
        return line is not null
            && ulong.TryParse(line.Substring(Field.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var ignored)
            && (ignored & (1UL << (HangUp - 1))) != 0;
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "getppid")]
    private static extern int ParentId();

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport("ntdll.dll")]
    private static extern int NtQueryInformationProcess(
        IntPtr process, int kind, ref BasicInformation information, int length, out int written);

    /// <summary>PROCESS_BASIC_INFORMATION of the Windows API.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct BasicInformation
    {
        public IntPtr ExitStatus;
        public IntPtr Environment;
        public IntPtr Affinity;
        public IntPtr BasePriority;
        public IntPtr Id;
        public IntPtr ParentId;
    }
}
