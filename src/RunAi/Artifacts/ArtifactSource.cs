using RunAi.Content;
using RunAi.Files;
using RunAi.RunManifest;

namespace RunAi.Artifacts;

/// <summary>A file or folder that is to become an artifact. It can be read as often as needed.</summary>
internal sealed class ArtifactSource
{
    /// <summary>Where the content of a folder goes.</summary>
    private const string FolderKey = "content.tar";

    /// <summary>Where a file's content goes whose own name cannot be part of a key.</summary>
    private const string FileKey = "content";

    private readonly Func<Stream> _open;

    private ArtifactSource(string location, string mediaType, string key, Func<Stream> open)
    {
        Location = location;
        MediaType = mediaType;
        Key = key;
        _open = open;
        FileName = Path.GetFileName(location);
    }

    /// <summary>The full path, or the name of what is in memory.</summary>
    public string Location { get; }

    /// <summary>The file's or folder's own name.</summary>
    public string FileName { get; }

    public string MediaType { get; }

    /// <summary>The key of its content in the artifact's folder.</summary>
    public string Key { get; }

    public Stream Open() => _open();

    /// <exception cref="ArtifactException"><see cref="ErrorIds.ArtifactFailed"/>: nothing is there, or it cannot be read or be an
    /// artifact.</exception>
    public static ArtifactSource Of(string path, CancellationToken ct)
    {
        var location = FullPath.Of(path, ErrorIds.ArtifactFailed).TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        if (File.Exists(location))
        {
            var name = Path.GetFileName(location);
            var key = StoreKey.IsSafePart(name) && !name.Equals(ArtifactDescriptor.Key, StringComparison.OrdinalIgnoreCase)
                ? name
                : FileKey;
            return new ArtifactSource(location, ArtifactDescriptor.FileMediaType, key, () => OpenFile(location));
        }

        if (!Directory.Exists(location))
        {
            throw Refused(path, "does not exist. Give the path of a file or folder.");
        }

        try
        {
            var entries = SourceTree.ReadAll(location, ct).Entries;
            foreach (var link in entries.Where(entry => entry.LinkTarget is not null && LinkRules.LeadsOut(entry.Name, entry.LinkTarget)))
            {
                throw Refused(link.Location, $"is a link to '{link.LinkTarget}', which leads out of the folder. Replace it by what it "
                    + "leads to, or list it in .runaiignore.");
            }

            return new ArtifactSource(location, ArtifactDescriptor.FolderMediaType, FolderKey, () => new FolderStream(entries));
        }
        catch (ContentException refused)
        {
            throw new ArtifactException(ErrorIds.ArtifactFailed, refused.Message, refused.InnerException) { Target = refused.Target };
        }
    }

    /// <summary>A file that is in memory only.</summary>
    public static ArtifactSource Of(string fileName, byte[] content) =>
        new(fileName, ArtifactDescriptor.FileMediaType, fileName, () => new MemoryStream(content, writable: false));

    private static FileStream OpenFile(string location) =>
        new(location, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 17, FileOptions.SequentialScan);

    private static ArtifactException Refused(string path, string why) => new(ErrorIds.ArtifactFailed, $"'{path}' {why}") { Target = path };
}
