using System.IO.Hashing;
using System.Text;

namespace RunAi.Images;

/// <summary>
/// Tells where the blocks of a kept layer are, in a small file beside it: the number of blocks, each block's key, offset and length, and a
/// checksum of all that (XXH64). One that does not hold is taken for none.
/// </summary>
internal static class BlockIndex
{
    /// <summary>The ending of such a file, after the name of the layer's.</summary>
    public const string Extension = ".blocks";

    private const int EntrySize = 2 * sizeof(ulong) + sizeof(long) + sizeof(int);
    private const int ChecksumSize = sizeof(ulong);

    /// <summary>Writes the index of a kept layer. Where that fails, there is none.</summary>
    /// <param name="layer">The layer's file.</param>
    /// <param name="blocks">Its blocks.</param>
    public static void Write(string layer, IReadOnlyList<PackedBlock> blocks)
    {
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content, Encoding.UTF8);
        writer.Write(blocks.Count);
        foreach (var block in blocks)
        {
            writer.Write(block.Key.High);
            writer.Write(block.Key.Low);
            writer.Write(block.Offset);
            writer.Write(block.Length);
        }

        writer.Flush();
        writer.Write(XxHash64.HashToUInt64(content.ToArray()));
        writer.Flush();
        SideFile.TryWrite(layer + Extension, content.ToArray());
    }

    /// <summary>The blocks of a kept layer; none where its index is missing or broken.</summary>
    /// <param name="layer">The layer's file.</param>
    public static IReadOnlyList<PackedBlock> Read(string layer)
    {
        try
        {
            return File.Exists(layer + Extension) ? Parse(File.ReadAllBytes(layer + Extension)) : [];
        }
        catch (Exception barred) when (barred is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static PackedBlock[] Parse(byte[] content)
    {
        var length = content.Length - ChecksumSize;
        if (length < sizeof(int) || (length - sizeof(int)) % EntrySize != 0
            || BitConverter.ToUInt64(content, length) != XxHash64.HashToUInt64(content.AsSpan(0, length)))
        {
            return [];
        }

        using var reader = new BinaryReader(new MemoryStream(content), Encoding.UTF8);
        var blocks = new PackedBlock[reader.ReadInt32()];
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = new PackedBlock(new BlockKey(reader.ReadUInt64(), reader.ReadUInt64()), reader.ReadInt64(), reader.ReadInt32());
        }

        return blocks;
    }
}
