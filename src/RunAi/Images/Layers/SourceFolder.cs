using RunAi.Content;

namespace RunAi.Images;

/// <summary>Reads the folder that becomes part of an image.</summary>
internal static class SourceFolder
{
    /// <summary>Its entries without what its ignore file leaves out, in the order of <see cref="SourceTree"/>.</summary>
    /// <exception cref="ImageBuildException"><see cref="ErrorIds.ImageBuildFailed"/>: no such folder, or something in it cannot be read.</exception>
    public static IReadOnlyList<SourceEntry> Read(string folder, CancellationToken ct)
    {
        try
        {
            return SourceTree.Read(folder, ct);
        }
        catch (ContentException refused)
        {
            throw new ImageBuildException(refused.ErrorId, refused.Message, refused.InnerException) { Target = refused.Target };
        }
    }
}
