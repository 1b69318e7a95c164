using RunAi.Content;

namespace RunAi.Images;

/// <summary>
/// Makes the layer of a source folder: the same bytes for the same names, contents and executable bits, wherever and whenever.
/// </summary>
internal static class CodeLayer
{
    public const string Origin = "Code";

    /// <summary>The most bytes of code whose layer is kept: 512 MiB.</summary>
    private const long MostKept = 512 << 20;

    /// <summary>Packs a folder at a path of the image.</summary>
    /// <param name="source">What of the folder is packed.</param>
    /// <param name="workingDir">An absolute path of the image, normalised by <see cref="WorkingFolder"/>.</param>
    /// <param name="cache">Keeps layers; what has not changed since is not read again.</param>
    /// <param name="ct">Ends the work.</param>
    /// <exception cref="ImageBuildException"><see cref="ErrorIds.ImageBuildFailed"/>: something in the folder cannot be read or
    /// packed.</exception>
    public static AddedLayer Create(SourceListing source, string workingDir, LayerCache cache, CancellationToken ct)
    {
        var archive = new LayerArchive(source.Entries, workingDir);
        var comment = $"{AddedLayer.Mark} source at {workingDir}";
        return source.Entries.Sum(entry => entry.Size) <= MostKept
            ? cache.OfCode.Get(archive, (blob, diffId) => new AddedLayer(Origin, blob, diffId, comment), ct)
            : CreateTemporary(archive, comment, ct);
    }

    private static AddedLayer CreateTemporary(LayerArchive archive, string comment, CancellationToken ct)
    {
        var file = BlobFile.NewTemporary();
        try
        {
            var packed = archive.Pack(file, null, ct);
            return new AddedLayer(Origin, new BlobFile(file, packed.Descriptor, temporary: true), packed.DiffId, comment);
        }
        catch
        {
            File.Delete(file);
            throw;
        }
    }
}
