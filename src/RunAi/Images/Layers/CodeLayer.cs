using RunAi.Content;

namespace RunAi.Images;

/// <summary>Makes the layer of a source folder: the same bytes for the same names, contents and executable bits, wherever and whenever.</summary>
internal static class CodeLayer
{
    public const string Origin = "Code";

    /// <summary>Packs a folder at a path of the image.</summary>
    /// <param name="source">What of the folder is packed.</param>
    /// <param name="workingDir">An absolute path of the image, normalised by <see cref="WorkingFolder"/>.</param>
    /// <param name="ct">Ends the work.</param>
    /// <exception cref="ImageBuildException"><see cref="ErrorIds.ImageBuildFailed"/>: something in the folder cannot be read or packed.</exception>
    public static AddedLayer Create(SourceListing source, string workingDir, CancellationToken ct)
    {
        var archive = new LayerArchive(source.Entries, workingDir);
        var file = BlobFile.NewTemporary();
        try
        {
            var (descriptor, diffId) = archive.Pack(file, ct);
            return new AddedLayer(Origin, new BlobFile(file, descriptor, temporary: true), diffId, $"{AddedLayer.Mark} source at {workingDir}");
        }
        catch
        {
            File.Delete(file);
            throw;
        }
    }
}
