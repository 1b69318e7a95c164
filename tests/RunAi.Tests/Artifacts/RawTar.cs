using System.Text;

namespace RunAi.Tests.Artifacts;

/// <summary>Makes tar archives block by block, also ones that no program makes.</summary>
internal sealed class RawTar : IDisposable
{
    private const int Block = 512;
    private readonly MemoryStream _bytes = new();

    public RawTar Entry(
        string name, char type, string content = "", string link = "", string mode = "0000644", long? size = null, string prefix = "",
        bool binarySize = false)
    {
        var body = Encoding.UTF8.GetBytes(content);
        var header = new byte[Block];
        Put(header, 0, name);
        Put(header, 100, mode);
        Put(header, 124, Convert.ToString(size ?? body.Length, 8).PadLeft(11, '0'));
        if (binarySize)
        {
            Array.Clear(header, 124, 12);
            header[124] = 0x80;
            header[135] = (byte)body.Length;
        }

        header[156] = (byte)type;
        Put(header, 157, link);
        Put(header, 257, "ustar\0" + "00");
        Put(header, 345, prefix);
        Sum(header, 0);
        _bytes.Write(header, 0, Block);
        _bytes.Write(body, 0, body.Length);
        Pad();
        return this;
    }

    public RawTar Pax(params (string Key, string Value)[] records) => Entry("PaxHeader", 'x', string.Concat(records.Select(Record)));

    public void Dispose() => _bytes.Dispose();

    public byte[] Finish()
    {
        _bytes.Write(new byte[2 * Block], 0, 2 * Block);
        return _bytes.ToArray();
    }

    /// <summary>Writes the checksum of the header at a place.</summary>
    public static void Sum(byte[] bytes, int at)
    {
        Put(bytes, at + 148, "        ");
        Put(bytes, at + 148, Convert.ToString(bytes.Skip(at).Take(Block).Sum(value => value), 8).PadLeft(6, '0') + "\0 ");
    }

    private static string Record((string Key, string Value) record)
    {
        var rest = Encoding.UTF8.GetByteCount($" {record.Key}={record.Value}\n");
        var length = rest + 1;
        while (length != rest + $"{length}".Length)
        {
            length++;
        }

        return $"{length} {record.Key}={record.Value}\n";
    }

    private static void Put(byte[] header, int at, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Array.Copy(bytes, 0, header, at, Math.Min(bytes.Length, 155));
    }

    private void Pad()
    {
        var over = (int)(_bytes.Length % Block);
        _bytes.Write(new byte[Block], 0, over == 0 ? 0 : Block - over);
    }
}
