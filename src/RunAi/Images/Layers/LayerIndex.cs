using System.Text;
using RunAi.Content;

namespace RunAi.Images;

/// <summary>
/// Which layer came of files that have not changed since, so that they need not be read again. An entry is a small file beside the layers,
/// named by the fingerprint of the files (<see cref="LayerArchive.Fingerprint"/>); whoever has no use of it reads the files.
/// </summary>
internal sealed class LayerIndex
{
    private const string Extension = ".layer";

    private readonly string _folder;

    /// <param name="folder">The folder of the layers.</param>
    public LayerIndex(string folder) => _folder = folder;

    /// <summary>The digest of the layer that the files made; null when it is not known.</summary>
    public string? Find(string fingerprint)
    {
        try
        {
            var file = FileOf(fingerprint);
            return File.Exists(file) && File.ReadAllText(file) is var digest && Digest.IsSha256(digest) ? digest : null;
        }
        catch (Exception barred) when (barred is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps what the files made.</summary>
    public void Keep(string fingerprint, string diffId) => SideFile.TryWrite(FileOf(fingerprint), Encoding.UTF8.GetBytes(diffId));

    private string FileOf(string fingerprint) => Path.Combine(_folder, Digest.Hex(fingerprint) + Extension);
}
