using System.Globalization;
using System.Text;

namespace RunAi.Content;

/// <summary>One header block of a tar archive (IEEE 1003.1, ustar; the numbers also as GNU tar writes large ones).</summary>
internal sealed class TarHeader
{
    /// <summary>The size of a block in bytes.</summary>
    public const int Block = 512;

    private const int ChecksumAt = 148;
    private const int ChecksumSize = 8;

    private TarHeader()
    {
    }

    public required string Name { get; init; }

    public required string LinkTarget { get; init; }

    public required int Mode { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The type flag.</summary>
    public required char Type { get; init; }

    public TarItemKind Kind => Type switch
    {
        '0' or '7' => TarItemKind.File,
        '\0' => Name is [.., '/'] ? TarItemKind.Folder : TarItemKind.File,
        '5' => TarItemKind.Folder,
        '2' => TarItemKind.Link,
        _ => TarItemKind.Other,
    };

    /// <summary>Links, devices, folders and pipes have no bytes after their header, whatever size it tells.</summary>
    public bool HasBody => Type is not (>= '1' and <= '6');

    /// <exception cref="InvalidDataException">The block is no header.</exception>
    public static TarHeader Parse(byte[] block)
    {
        var sum = block.Sum(value => (long)value) - block.Skip(ChecksumAt).Take(ChecksumSize).Sum(value => (long)value)
            + (ChecksumSize * ' ');
        if (Number(block, ChecksumAt, ChecksumSize) != sum)
        {
            throw new InvalidDataException("A header's checksum is not that of its bytes.");
        }

        var name = Text(block, 0, 100);
        var isUstar = Text(block, 257, 6) == "ustar" && block[262] == 0;
        var prefix = isUstar ? Text(block, 345, 155) : "";
        return new TarHeader
        {
            Name = prefix.Length > 0 ? $"{prefix}/{name}" : name,
            LinkTarget = Text(block, 157, 100),
            Mode = (int)(Number(block, 100, 8) & 0xFFF),
            Size = Number(block, 124, 12),
            Type = (char)block[156],
        };
    }

    /// <summary>Text up to the first NUL.</summary>
    public static string Text(byte[] bytes, int at, int most)
    {
        var end = Array.IndexOf(bytes, (byte)0, at, most);
        return Encoding.UTF8.GetString(bytes, at, (end < 0 ? at + most : end) - at);
    }

    /// <summary>A size as pax writes it.</summary>
    public static long Decimal(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw new InvalidDataException("An extended header tells a size that is no number.");

    /// <summary>Octal digits, or with the first bit set a big-endian number.</summary>
    private static long Number(byte[] block, int at, int size)
    {
        if (block[at] == 0x80)
        {
            long value = 0;
            for (var place = at + 1; place < at + size; place++)
            {
                value = value < 1L << 55
                    ? (value << 8) | block[place]
                    : throw new InvalidDataException("A header tells a number beyond all sizes.");
            }

            return value;
        }

        var digits = Text(block, at, size).Trim(' ');
        return digits.All(digit => digit is >= '0' and <= '7')
            ? digits.Aggregate(0L, (value, digit) => (value * 8) + (digit - '0'))
            : throw new InvalidDataException("A header holds a number that is not octal.");
    }
}
