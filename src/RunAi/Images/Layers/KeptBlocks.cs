namespace RunAi.Images;

/// <summary>
/// The compressed blocks of kept layers, found by what they hold: of code that has changed only the blocks that changed are compressed
/// again. A layer's file is used only while its bytes are those of its digest.
/// </summary>
internal sealed class KeptBlocks : IDisposable
{
    private readonly Func<string, bool> _isWhole;
    private readonly Dictionary<BlockKey, (string Layer, PackedBlock Block)> _blocks = [];
    private readonly Dictionary<string, FileStream?> _files = new(StringComparer.Ordinal);

    /// <param name="layers">The files of kept layers, the one that is most like the new one last.</param>
    /// <param name="isWhole">Whether the bytes of such a file are those of its digest; asked before the first block is taken out of
    /// it.</param>
    public KeptBlocks(IEnumerable<string> layers, Func<string, bool> isWhole)
    {
        _isWhole = isWhole;
        foreach (var layer in layers)
        {
            foreach (var block in BlockIndex.Read(layer))
            {
                _blocks[block.Key] = (layer, block);
            }
        }
    }

    /// <summary>A block in its compressed form; null when no kept layer has it. Many threads may ask at once.</summary>
    public byte[]? Find(BlockKey key)
    {
        if (!_blocks.TryGetValue(key, out var kept))
        {
            return null;
        }

        lock (_files)
        {
            if (!_files.TryGetValue(kept.Layer, out var file))
            {
                _files[kept.Layer] = file = Open(kept.Layer);
            }

            return file is null ? null : TryRead(file, kept.Block);
        }
    }

    /// <summary>Closes the layers' files.</summary>
    public void Dispose()
    {
        foreach (var file in _files.Values)
        {
            file?.Dispose();
        }
    }

    private FileStream? Open(string layer)
    {
        try
        {
            return _isWhole(layer) ? new FileStream(layer, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete) : null;
        }
        catch (Exception barred) when (barred is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static byte[]? TryRead(FileStream file, PackedBlock block)
    {
        try
        {
            return Read(file, block);
        }
        catch (IOException)
        {
            // The block is compressed again.
            return null;
        }
    }

    private static byte[]? Read(FileStream file, PackedBlock block)
    {
        var content = new byte[block.Length];
        file.Position = block.Offset;
        for (var filled = 0; filled < content.Length;)
        {
            var read = file.Read(content, filled, content.Length - filled);
            if (read == 0)
            {
                return null;
            }

            filled += read;
        }

        return content;
    }
}
