using System.Buffers.Binary;

namespace RunAi.StepRunner.Execution;

/// <summary>How the command ended.</summary>
/// <param name="ExitCode">Its exit code, 128 + n when signal n ended it.</param>
/// <param name="Signal">The signal that ended it; 0 when none did.</param>
/// <param name="PeakMemory">The most memory that it or one of its children held, in bytes.</param>
internal sealed record ChildExit(int ExitCode, int Signal, long PeakMemory)
{
    /// <summary>After the two times of a <c>struct rusage</c>, in KiB.</summary>
    private const int PeakOffset = 32;

    public static ChildExit Of(int status, ReadOnlySpan<byte> usage)
    {
        var signal = status & 0x7F;
        var code = signal == 0 ? (status >> 8) & 0xFF : ExitCodes.Signalled + signal;
        return new ChildExit(code, signal, BinaryPrimitives.ReadInt64LittleEndian(usage[PeakOffset..]) * 1024);
    }
}
