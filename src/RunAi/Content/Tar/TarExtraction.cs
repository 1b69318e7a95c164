using RunAi.Redaction;

namespace RunAi.Content;

/// <summary>
/// Unpacks a folder's tar stream into a folder that is empty and ours. The stream is not trusted: an entry that would lead out of the
/// folder, pass through a link or file, or is neither file, folder nor symbolic link, ends it. Links are made last.
/// </summary>
internal sealed class TarExtraction
{
    private readonly string _folder;
    private readonly string _uri;
    private readonly CancellationToken _cancellation;
    private readonly byte[] _buffer = new byte[1 << 17];

    /// <summary>What was met: names of files and links, and where links lead (null for files).</summary>
    private readonly Dictionary<string, string?> _leaves = new(StringComparer.Ordinal);

    private TarExtraction(string folder, string uri, CancellationToken ct)
    {
        _folder = folder;
        _uri = uri;
        _cancellation = ct;
    }

    /// <param name="tar">The stream; read to its end.</param>
    /// <param name="folder">The empty folder.</param>
    /// <param name="uri">The artifact, for messages.</param>
    /// <param name="ct">Ends the work.</param>
    /// <exception cref="ContentException"><see cref="ErrorIds.ArtifactDamaged"/>: the stream is no tar archive, or one that no folder
    /// makes.</exception>
    public static void Run(Stream tar, string folder, string uri, CancellationToken ct) => new TarExtraction(folder, uri, ct).Run(tar);

    private void Run(Stream tar)
    {
        try
        {
            foreach (var item in TarReader.Read(tar))
            {
                _cancellation.ThrowIfCancellationRequested();
                Take(item);
            }
        }
        catch (Exception wrong) when (TarReader.IsNoTar(wrong))
        {
            throw Damaged("is no whole tar archive", wrong);
        }

        // What follows the archive's end counts for the digest.
        while (tar.Read(_buffer, 0, _buffer.Length) > 0)
        {
            _cancellation.ThrowIfCancellationRequested();
        }

        foreach (var leaf in _leaves.Where(leaf => leaf.Value is not null))
        {
            TarPlatform.CreateLink(Place(leaf.Key), leaf.Value!, _uri);
        }
    }

    private void Take(TarItem item)
    {
        var name = item.Name.TrimEnd('/');
        name = name.StartsWith("./", StringComparison.Ordinal) ? name.Substring(2) : name;
        if (item.Kind == TarItemKind.Folder && name is "" or ".")
        {
            return;
        }

        if (!FileNames.IsSafePath(name) || PassesThroughLeaf(name))
        {
            throw Damaged($"holds '{CleanText.Of(item.Name)}', which is no name inside a folder");
        }

        switch (item.Kind)
        {
            case TarItemKind.Folder:
                Directory.CreateDirectory(Place(name));
                break;
            case TarItemKind.File:
                TakeFile(item, name);
                break;
            case TarItemKind.Link when !LinkRules.LeadsOut(name, item.LinkTarget) && !Directory.Exists(Place(name)):
                Directory.CreateDirectory(Path.GetDirectoryName(Place(name))!);
                _leaves.Add(name, item.LinkTarget);
                break;
            case TarItemKind.Link:
                throw Damaged($"holds the link '{CleanText.Of(name)}', which leads out of the folder or is there twice");
            default:
                throw Damaged($"holds '{CleanText.Of(name)}', which is neither a file nor a folder nor a symbolic link");
        }
    }

    private void TakeFile(TarItem item, string name)
    {
        var place = Place(name);
        if (Directory.Exists(place))
        {
            throw Damaged($"holds '{CleanText.Of(name)}' twice");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        _leaves.Add(name, null);
        using (var file = new FileStream(place, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1))
        {
            for (int read; (read = item.Content?.Read(_buffer, 0, _buffer.Length) ?? 0) > 0;)
            {
                _cancellation.ThrowIfCancellationRequested();
                file.Write(_buffer, 0, read);
            }

            if (file.Length != item.Size)
            {
                throw Damaged("is no whole tar archive");
            }
        }

        if (item.IsProgram)
        {
            TarPlatform.MarkAsProgram(place);
        }
    }

    /// <summary>Whether the name, or a folder on the way to it, was a file or link before.</summary>
    private bool PassesThroughLeaf(string name)
    {
        for (var end = name.Length; end > 0; end = name.LastIndexOf('/', end - 1))
        {
            if (_leaves.ContainsKey(name.Substring(0, end)))
            {
                return true;
            }
        }

        return false;
    }

    private string Place(string name) => Path.Combine(_folder, name.Replace('/', Path.DirectorySeparatorChar));

    private ContentException Damaged(string why, Exception? cause = null) => new(
        ErrorIds.ArtifactDamaged, $"The artifact '{_uri}' {why}, so nothing of it was saved. Publish it again, with RunAi.", cause)
    {
        Target = _uri,
    };
}
