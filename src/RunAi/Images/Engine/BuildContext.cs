using System.IO.Pipelines;
using RunAi.Content;
using RunAi.Files;

namespace RunAi.Images;

/// <summary>
/// What an engine builds in: the source folder without what its ignore files list, as a tar stream made while it is read. The Dockerfile
/// is always in it. An ignore file beside it that has its name and <c>.dockerignore</c> at the end goes before the others, as with Docker.
/// </summary>
internal sealed class BuildContext
{
    private readonly LayerArchive _archive;

    private BuildContext(LayerArchive archive, string dockerfile, string text)
    {
        _archive = archive;
        Dockerfile = dockerfile;
        Text = text;
    }

    /// <summary>The Dockerfile's path below the folder, with <c>/</c> between its parts.</summary>
    public string Dockerfile { get; }

    /// <summary>The Dockerfile's text.</summary>
    public string Text { get; }

    /// <exception cref="ImageBuildException"><see cref="ErrorIds.ImageBuildFailed"/>: no such folder, or no Dockerfile in it.</exception>
    public static BuildContext Read(string folder, string? dockerfile, IActivityLog log, CancellationToken ct)
    {
        dockerfile ??= SourceFolder.DefaultDockerfile;
        var root = FullPath.Of(folder, ErrorIds.ImageBuildFailed).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        var file = new FileInfo(FullPath.Of(root, dockerfile, ErrorIds.ImageBuildFailed));
        if (!file.Exists || !file.FullName.StartsWith(root, StringComparison.Ordinal))
        {
            throw new ImageBuildException(
                ErrorIds.ImageBuildFailed,
                $"There is no Dockerfile '{dockerfile}' in the folder '{folder}'. Name one below that folder with -Dockerfile.")
            {
                Target = file.FullName,
            };
        }

        var name = file.FullName.Substring(root.Length).Replace(Path.DirectorySeparatorChar, '/');
        var source = SourceFolder.Read(folder, ct, name);
        source.Report(folder, log);
        var entries = source.Entries.ToList();
        if (entries.TrueForAll(entry => entry.Name != name))
        {
            entries.Add(new SourceEntry(name, file.FullName, SourceKind.File, file.Length));
            entries.Sort(SourceEntry.Compare);
        }

        return new BuildContext(new LayerArchive(entries, "/"), name, File.ReadAllText(file.FullName));
    }

    /// <summary>Lets a request read the stream while it is written.</summary>
    /// <exception cref="ImageBuildException"><see cref="ErrorIds.ImageBuildFailed"/>: something in the folder cannot be read.</exception>
    public async Task SendAsync(Func<Stream, Task> request, CancellationToken ct)
    {
        var pipe = new Pipe();
        var writing = Task.Run(() => Write(pipe.Writer, ct), CancellationToken.None);
        try
        {
            await request(pipe.Reader.AsStream()).ConfigureAwait(false);
        }
        catch (Exception) when (writing.IsFaulted)
        {
            // The request broke since the folder could not be read: that is what counts.
            await writing.ConfigureAwait(false);
            throw;
        }
        finally
        {
            await pipe.Reader.CompleteAsync().ConfigureAwait(false);
        }

        await writing.ConfigureAwait(false);
    }

    private void Write(PipeWriter writer, CancellationToken ct)
    {
        try
        {
            using var stream = writer.AsStream(leaveOpen: true);
            _archive.Write(stream, ct);
            writer.Complete();
        }
        catch (Exception fault)
        {
            writer.Complete(fault);
            throw;
        }
    }
}
