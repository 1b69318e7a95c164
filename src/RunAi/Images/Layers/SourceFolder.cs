using RunAi.Content;

namespace RunAi.Images;

/// <summary>Reads the folder that becomes part of an image.</summary>
internal static class SourceFolder
{
    /// <summary>What of a folder is packed, and what its ignore file leaves out.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="ct">Ends the work.</param>
    /// <param name="dockerIgnore">A file of Docker's rules that counts in place of the folder's ignore files, by its path below the folder.</param>
    /// <exception cref="ImageBuildException"><see cref="ErrorIds.ImageBuildFailed"/>: no such folder, or something in it cannot be read.</exception>
    public static SourceListing Read(string folder, CancellationToken ct, string? dockerIgnore = null)
    {
        try
        {
            return SourceTree.Read(folder, ct, dockerIgnore);
        }
        catch (ContentException refused)
        {
            throw new ImageBuildException(refused.ErrorId, refused.Message, refused.InnerException) { Target = refused.Target };
        }
    }
}
