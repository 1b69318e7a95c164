using RunAi.Content;

namespace RunAi.Images;

/// <summary>Reads the folder that becomes part of an image.</summary>
internal static class SourceFolder
{
    /// <summary>What a Dockerfile is called unless it is named.</summary>
    public const string DefaultDockerfile = "Dockerfile";

    /// <summary>What of a folder is packed, and what its ignore file leaves out.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="ct">Ends the work.</param>
    /// <param name="dockerfile">The Dockerfile that is built, by its path below the folder: an ignore file of its own goes before the
    /// others.</param>
    /// <exception cref="ImageBuildException"><see cref="ErrorIds.ImageBuildFailed"/>: no such folder, or something in it cannot be
    /// read.</exception>
    public static SourceListing Read(string folder, CancellationToken ct, string? dockerfile = null)
    {
        var ownIgnore = dockerfile + DockerIgnoreRules.FileName;
        try
        {
            return SourceTree.Read(folder, ct, dockerfile is not null && File.Exists(Path.Combine(folder, ownIgnore)) ? ownIgnore : null);
        }
        catch (ContentException refused)
        {
            throw new ImageBuildException(refused.ErrorId, refused.Message, refused.InnerException) { Target = refused.Target };
        }
    }
}
