using System.IO.Pipelines;
using RunAi.Content;
using RunAi.Files;
using RunAi.Redaction;
using RunAi.RunManifest;

namespace RunAi.Artifacts;

/// <summary>Fetches one artifact beside its destination, checks it, and only then puts it there.</summary>
internal sealed class ArtifactSaving
{
    /// <summary>How much may wait between the store and the disk.</summary>
    private const int Buffered = 4 << 20;

    private readonly IArtifactStore _store;
    private readonly string _folder;
    private readonly Artifact _artifact;
    private readonly ArtifactDescriptor _descriptor;
    private readonly Action<ArtifactProgress> _progress;
    private readonly TimeProvider _time;

    public ArtifactSaving(
        IArtifactStore store, string folder, Artifact artifact, ArtifactDescriptor descriptor, Action<ArtifactProgress> progress,
        TimeProvider time)
    {
        _time = time;
        _store = store;
        _folder = folder;
        _artifact = artifact;
        _descriptor = descriptor;
        _progress = progress;
    }

    private bool IsFolder =>
        (_artifact.MediaType.Length > 0 ? _artifact.MediaType : _descriptor.MediaType) == ArtifactDescriptor.FolderMediaType;

    private string FileName => _artifact.FileName.Length > 0 ? _artifact.FileName : _descriptor.FileName;

    public async Task<string> RunAsync(string destination, bool force, CancellationToken ct)
    {
        var folder = FullPath.Of(destination, ErrorIds.ArtifactFailed);
        var target = IsFolder ? folder : Path.Combine(folder, SafeFileName());
        if (!force
            && (File.Exists(target) || (Directory.Exists(target) && (!IsFolder || Directory.EnumerateFileSystemEntries(target).Any()))))
        {
            throw Failed($"'{target}' is there already. Replace it with -Force, or save to another folder.");
        }

        var above = IsFolder
            ? Path.GetDirectoryName(target.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar)) ?? target
            : Path.GetDirectoryName(target)!;
        var part = Path.Combine(above, UnfinishedPart.NewName());
        try
        {
            Directory.CreateDirectory(above);
            UnfinishedPart.Sweep(above, _time.GetUtcNow());
            Directory.CreateDirectory(part);
            if (IsFolder)
            {
                await FetchAsync((tar, token) => Extract(tar, part, token), ct).ConfigureAwait(false);
                FolderMerge.Move(part, target);
            }
            else
            {
                var file = Path.Combine(part, "content");
                await FetchAsync((content, token) => Write(content, file, token), ct).ConfigureAwait(false);
                FilePlatform.Replace(file, target);
            }
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw Failed(
                $"it cannot be written to '{target}': {failed.Message} See that there is room and that you may write there.", failed);
        }
        finally
        {
            if (Directory.Exists(part))
            {
                Directory.Delete(part, recursive: true);
            }
        }

        return target;
    }

    /// <summary>Passes the bytes from the store to their reader through a small buffer, and checks them.</summary>
    private async Task FetchAsync(Action<Stream, CancellationToken> read, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var pipe = new Pipe(
            new PipeOptions(pauseWriterThreshold: Buffered, resumeWriterThreshold: Buffered / 2, useSynchronizationContext: false));
        var writing = DownloadAsync(pipe.Writer, stop.Token);
        try
        {
            using var content = new CheckedStream(pipe.Reader.AsStream());
            await Task.Run(() => read(content, stop.Token), CancellationToken.None).ConfigureAwait(false);
            if (content.Position != _descriptor.Size || content.TakeDigest() != _descriptor.Digest)
            {
                throw new ArtifactException(
                    ErrorIds.ArtifactDamaged, $"The artifact '{_artifact.Uri}' is damaged: its bytes are not what its digest says. Nothing "
                        + "was saved. Publish it again.")
                {
                    Target = _artifact.Uri,
                };
            }
        }
        finally
        {
            stop.Cancel();
            await Task.WhenAny(writing).ConfigureAwait(false);
            _ = writing.Exception;
        }
    }

    /// <summary>A failure ends the reader's stream with it.</summary>
    private async Task DownloadAsync(PipeWriter writer, CancellationToken ct)
    {
        Exception? failure = null;
        try
        {
            using var target = writer.AsStream(leaveOpen: true);
            var count = new ByteCount(_ => { });
            foreach (var part in _descriptor.Parts)
            {
                await _store.DownloadAsync(
                    $"{_folder}/{part.Key}",
                    target,
                    bytes =>
                    {
                        count.Add(bytes);
                        _progress(new ArtifactProgress("Saving", _artifact.Name, count.Total, _descriptor.Size));
                    },
                    ct).ConfigureAwait(false);
            }
        }
        catch (Exception failed)
        {
            failure = failed;
        }

        await writer.CompleteAsync(failure).ConfigureAwait(false);
    }

    private static void Write(Stream content, string file, CancellationToken ct)
    {
        var buffer = new byte[1 << 18];
        using var target = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
        for (int read; (read = content.Read(buffer, 0, buffer.Length)) > 0;)
        {
            ct.ThrowIfCancellationRequested();
            target.Write(buffer, 0, read);
        }
    }

    private string SafeFileName() => FileNames.IsSafe(FileName)
        ? FileName
        : throw Failed($"'{CleanText.Of(FileName)}' cannot be the name of a file here.");

    private ArtifactException Failed(string why, Exception? cause = null) =>
        new(ErrorIds.ArtifactFailed, $"The artifact '{_artifact.Name}' was not saved: {why}", cause) { Target = _artifact.Uri };

    private void Extract(Stream tar, string folder, CancellationToken ct)
    {
        try
        {
            TarExtraction.Run(tar, folder, _artifact.Uri, ct);
        }
        catch (ContentException damaged)
        {
            throw new ArtifactException(damaged.ErrorId, damaged.Message, damaged.InnerException) { Target = damaged.Target };
        }
    }
}
