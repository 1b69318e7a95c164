using System.Text.RegularExpressions;
using RunAi.Files;

namespace RunAi.Images;

/// <summary>A blob on this machine, in a file of its own; a temporary one goes when it is disposed.</summary>
internal sealed class BlobFile : IDisposable
{
    private static readonly Regex Form = new(@"\Arunai-[0-9a-f]{32}\.blob\z", RegexOptions.CultureInvariant);

    public BlobFile(string path, BlobDescriptor descriptor, bool temporary)
    {
        Location = path;
        Descriptor = descriptor;
        IsTemporary = temporary;
    }

    public string Location { get; }

    public BlobDescriptor Descriptor { get; }

    /// <summary>True for a file that goes when this is disposed.</summary>
    public bool IsTemporary { get; }

    /// <summary>A new temporary file's name, in a place that only this user can read.</summary>
    public static string NewTemporary() => Path.Combine(Path.GetTempPath(), $"runai-{Guid.NewGuid():N}.blob");

    /// <summary>Deletes the temporary files of builds that were killed: those that nobody has written to for a day.</summary>
    /// <param name="folder">The temporary folder.</param>
    /// <param name="now">The time.</param>
    public static void Sweep(string folder, DateTimeOffset now) => AbandonedFiles.Delete(folder, "runai-*.blob", Form.IsMatch, now);

    public Stream Open() => new FileStream(Location, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);

    public void Dispose()
    {
        if (IsTemporary)
        {
            File.Delete(Location);
        }
    }
}
