namespace RunAi.Content;

/// <summary>
/// Reads a tar archive from front to back, from a stream that need not seek: ustar and pax (IEEE 1003.1), and GNU's long names and sizes.
/// Sparse files are told as <see cref="TarItemKind.Other"/>. Nothing in the archive is believed beyond its form; names are the caller's to
/// judge.
/// </summary>
internal sealed class TarReader
{
    /// <summary>In bytes, of one extended header or long name.</summary>
    private const int LargestExtension = 1 << 20;
    private const int ExecuteBits = 0b001_001_001;

    private readonly Stream _source;
    private readonly byte[] _block = new byte[TarHeader.Block];
    private readonly byte[] _skipped = new byte[1 << 14];
    private readonly Dictionary<string, string> _extended = new(StringComparer.Ordinal);

    private TarReader(Stream source) => _source = source;

    /// <summary>The entries in their order; the stream stays open and ends after the first block of the archive's end.</summary>
    /// <exception cref="InvalidDataException">The stream is no tar archive.</exception>
    /// <exception cref="EndOfStreamException">The archive is cut short.</exception>
    public static IEnumerable<TarItem> Read(Stream tar) => new TarReader(tar).Read();

    /// <summary>Whether a failure means that the stream is no whole tar archive.</summary>
    public static bool IsNoTar(Exception failure) => failure is InvalidDataException or EndOfStreamException;

    private IEnumerable<TarItem> Read()
    {
        while (ReadHeader() is { } header)
        {
            if (header.Type is 'x' or 'L' or 'K')
            {
                Extend(header);
                continue;
            }

            if (header.Type == 'g')
            {
                Skip(Padded(header.Size));
                continue;
            }

            var size = _extended.TryGetValue("size", out var told) ? TarHeader.Decimal(told) : header.Size;
            var kind = _extended.Keys.Any(key => key.StartsWith("GNU.sparse.", StringComparison.Ordinal)) ? TarItemKind.Other : header.Kind;
            var body = header.HasBody ? size : 0;
            var content = new TarContent(_source, body);
            yield return new TarItem
            {
                Name = _extended.TryGetValue("path", out var path) ? path : header.Name,
                Kind = kind,
                LinkTarget = _extended.TryGetValue("linkpath", out var target) ? target : header.LinkTarget,
                IsProgram = (header.Mode & ExecuteBits) != 0,
                Size = kind == TarItemKind.File ? size : 0,
                Content = kind == TarItemKind.File && size > 0 ? content : null,
            };
            Skip(content.Rest + Padded(body) - body);
            _extended.Clear();
        }
    }

    /// <summary>Null at the archive's end, which is a block of zeros.</summary>
    private TarHeader? ReadHeader()
    {
        Fill(_block, _block.Length);
        if (_block.Any(value => value != 0))
        {
            return TarHeader.Parse(_block);
        }

        return _extended.Count == 0 ? null : throw new InvalidDataException("An extended header is followed by the end of the archive.");
    }

    /// <summary>Takes what an extended header or a long name says of the entry after it.</summary>
    private void Extend(TarHeader header)
    {
        if (header.Size is 0 or > LargestExtension)
        {
            throw new InvalidDataException($"An extended header has {header.Size} bytes; at most {LargestExtension} are read.");
        }

        var bytes = new byte[(int)header.Size];
        Fill(bytes, bytes.Length);
        Skip(Padded(header.Size) - header.Size);
        if (header.Type == 'x')
        {
            PaxRecords.Read(bytes, _extended);
        }
        else
        {
            _extended[header.Type == 'L' ? "path" : "linkpath"] = TarHeader.Text(bytes, 0, bytes.Length);
        }
    }

    private void Fill(byte[] target, int count)
    {
        for (var at = 0; at < count;)
        {
            var read = _source.Read(target, at, count - at);
            at += read > 0 ? read : throw new EndOfStreamException("The archive is cut short.");
        }
    }

    private void Skip(long count)
    {
        while (count > 0)
        {
            var part = (int)Math.Min(count, _skipped.Length);
            Fill(_skipped, part);
            count -= part;
        }
    }

    private static long Padded(long size) => (size + TarHeader.Block - 1) / TarHeader.Block * TarHeader.Block;
}
