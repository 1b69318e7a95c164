using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ZstdSharp;

namespace RunAi.Emulator.Tests.Images;

/// <summary>A layer made of a few entries, packed in one of the ways layers come.</summary>
internal sealed class SampleLayer
{
    private readonly List<TarEntry> _entries = [];

    public string CreatedBy { get; init; } = "RunAi: source at /workspace";

    public string Packing { get; init; } = "gzip";

    /// <summary>Bytes after the archive's end of which the configuration does not know.</summary>
    public int Padding { get; init; }

    public SampleLayer File(string name, string content, UnixFileMode mode = (UnixFileMode)0b110_100_100) =>
        Add(new PaxTarEntry(TarEntryType.RegularFile, name)
        {
            DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
            Mode = mode,
        });

    public SampleLayer Program(string name, string content) => File(name, content, (UnixFileMode)0b111_101_101);

    public SampleLayer Folder(string name, UnixFileMode mode = (UnixFileMode)0b111_101_101) =>
        Add(new PaxTarEntry(TarEntryType.Directory, name + "/") { Mode = mode });

    public SampleLayer Link(string name, string target) => Add(new PaxTarEntry(TarEntryType.SymbolicLink, name) { LinkName = target });

    public SampleLayer HardLink(string name, string target) => Add(new PaxTarEntry(TarEntryType.HardLink, name) { LinkName = target });

    public SampleLayer Add(TarEntry entry)
    {
        _entries.Add(entry);
        return this;
    }

    public byte[] Archive()
    {
        var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, leaveOpen: true))
        {
            foreach (var entry in _entries)
            {
                if (entry.DataStream is { } content)
                {
                    content.Position = 0;
                }

                writer.WriteEntry(entry);
            }
        }

        return bytes.ToArray();
    }

    public byte[] Pack(byte[] archive)
    {
        var bytes = new MemoryStream();
        using (Stream packer = Packing switch
        {
            "gzip" => new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true),
            "zstd" => new CompressionStream(bytes, leaveOpen: true),
            _ => new BufferedStream(bytes),
        })
        {
            packer.Write(archive);
            packer.Write(new byte[Padding]);
            packer.Flush();
            return Packing == "none" ? bytes.ToArray() : Finish(packer, bytes);
        }
    }

    public static string Digest(byte[] bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Finish(Stream packer, MemoryStream bytes)
    {
        packer.Dispose();
        return bytes.ToArray();
    }
}
