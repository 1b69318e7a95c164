using RunAi.Files;

namespace RunAi.Images;

/// <summary>A small file beside kept layers, which saves work and can be done without: where it cannot be written, there is none.</summary>
internal static class SideFile
{
    /// <summary>Writes a file; whoever reads it meets the old one or the new one.</summary>
    /// <param name="file">The file's path.</param>
    /// <param name="content">What it holds.</param>
    public static void TryWrite(string file, byte[] content)
    {
        var partial = Path.Combine(Path.GetDirectoryName(file)!, $"{Guid.NewGuid():N}.partial");
        try
        {
            File.WriteAllBytes(partial, content);
            FilePlatform.Replace(partial, file);
        }
        catch (Exception barred) when (barred is IOException or UnauthorizedAccessException)
        {
            // The layers are there; the work is done again next time.
            File.Delete(partial);
        }
    }
}
