using System.Buffers.Binary;

namespace RunAi.StepRunner.Execution;

/// <summary>Tells files from sockets, pipes and devices, which must not be opened to be read.</summary>
internal static unsafe class FileKind
{
    private const int CurrentFolder = -100;
    private const int DoNotFollow = 0x100;
    private const uint WantType = 1;
    private const int DescriptionSize = 256;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;

    /// <summary>Whether there is something of that name, a link without its target included.</summary>
    public static bool IsReachable(string path)
    {
        Span<byte> description = stackalloc byte[DescriptionSize];
        fixed (byte* place = description)
        {
            return NativeMethods.Describe(CurrentFolder, path, DoNotFollow, WantType, place) == 0;
        }
    }

    public static bool IsRegular(string path)
    {
        Span<byte> description = stackalloc byte[DescriptionSize];
        fixed (byte* place = description)
        {
            return NativeMethods.Describe(CurrentFolder, path, DoNotFollow, WantType, place) == 0
                && (BinaryPrimitives.ReadUInt16LittleEndian(description[ModeOffset..]) & TypeMask) == Regular;
        }
    }
}
