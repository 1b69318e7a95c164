using System.Globalization;
using System.Text;

namespace RunAi.Content;

/// <summary>
/// Writes a tar archive in the POSIX format (IEEE 1003.1, pax): one header a file, preceded by an extended one where a name is long or
/// not ASCII, or a file has 8 GiB or more. Owners, times and modes are fixed, so that only names and contents count.
/// </summary>
internal sealed class TarWriter
{
    private const int Block = 512;
    private const int LongestName = 100;
    private const long LargestOctal = (1L << 33) - 1;

    /// <summary>2000-01-01 UTC: the epoch itself is more than the makers of zip files and wheels can bear.</summary>
    private const long Time = 946684800;

    private readonly Stream _target;
    private readonly byte[] _buffer = new byte[1 << 16];

    public TarWriter(Stream target) => _target = target;

    public void WriteFolder(string name) => WriteHeader(name + "/", '5', "0000755", 0, null);

    public void WriteLink(string name, string target) => WriteHeader(name, '2', "0000777", 0, target);

    /// <summary>Writes a file of exactly the size given.</summary>
    /// <exception cref="IOException">The content has another size.</exception>
    public void WriteFile(string name, bool isProgram, long size, Stream content, CancellationToken ct)
    {
        BeginFile(name, isProgram, size);
        var rest = size;
        while (rest > 0)
        {
            ct.ThrowIfCancellationRequested();
            var read = content.Read(_buffer, 0, (int)Math.Min(_buffer.Length, rest));
            if (read == 0)
            {
                throw new IOException("It became shorter while it was read.");
            }

            _target.Write(_buffer, 0, read);
            rest -= read;
        }

        if (content.ReadByte() >= 0)
        {
            throw new IOException("It became longer while it was read.");
        }

        EndFile(size);
    }

    /// <summary>Writes what comes before a file's bytes, which the caller writes to the target itself.</summary>
    public void BeginFile(string name, bool isProgram, long size) => WriteHeader(name, '0', isProgram ? "0000755" : "0000644", size, null);

    /// <summary>Writes what comes after the bytes of a file of that size.</summary>
    public void EndFile(long size) => Pad(size);

    /// <summary>Writes the end of the archive.</summary>
    public void Finish() => _target.Write(new byte[2 * Block], 0, 2 * Block);

    private void WriteHeader(string name, char type, string mode, long size, string? link)
    {
        var extended = new StringBuilder();
        if (!Fits(name))
        {
            Append(extended, "path", name);
        }

        if (link is not null && !Fits(link))
        {
            Append(extended, "linkpath", link);
        }

        if (size > LargestOctal)
        {
            Append(extended, "size", size.ToString(CultureInfo.InvariantCulture));
        }

        if (extended.Length > 0)
        {
            var records = Encoding.UTF8.GetBytes(extended.ToString());
            WriteBlock("PaxHeader", 'x', "0000644", records.Length, null);
            _target.Write(records, 0, records.Length);
            Pad(records.Length);
        }

        WriteBlock(name, type, mode, size > LargestOctal ? 0 : size, link);
    }

    private void WriteBlock(string name, char type, string mode, long size, string? link)
    {
        var header = new byte[Block];
        Put(header, 0, Short(name));
        Put(header, 100, mode);
        Put(header, 108, "0000000");
        Put(header, 116, "0000000");
        Put(header, 124, Octal(size, 11));
        Put(header, 136, Octal(Time, 11));
        Put(header, 148, "        ");
        header[156] = (byte)type;
        Put(header, 157, link is null ? "" : Short(link));
        Put(header, 257, "ustar\0" + "00");
        Put(header, 329, "0000000");
        Put(header, 337, "0000000");
        Put(header, 148, Octal(header.Sum(b => (long)b), 6) + "\0 ");
        _target.Write(header, 0, Block);
    }

    private void Pad(long size)
    {
        var over = (int)(size % Block);
        if (over > 0)
        {
            _target.Write(new byte[Block - over], 0, Block - over);
        }
    }

    private static bool Fits(string text) => text.Length <= LongestName && text.All(c => c < 128);

    private static string Short(string text)
    {
        var ascii = string.Concat(text.Select(c => c < 128 ? c : '_'));
        return ascii.Length <= LongestName ? ascii : ascii.Substring(0, LongestName);
    }

    private static string Octal(long value, int digits) => Convert.ToString(value, 8).PadLeft(digits, '0');

    private static void Put(byte[] header, int at, string ascii) => Encoding.ASCII.GetBytes(ascii, 0, ascii.Length, header, at);

    /// <summary>A record's length counts the digits it is written with.</summary>
    private static void Append(StringBuilder records, string key, string value)
    {
        var rest = Encoding.UTF8.GetByteCount($" {key}={value}\n");
        var length = rest + 1;
        while (length != rest + length.ToString(CultureInfo.InvariantCulture).Length)
        {
            length++;
        }

        records.Append(length.ToString(CultureInfo.InvariantCulture)).Append(' ').Append(key).Append('=').Append(value).Append('\n');
    }
}
