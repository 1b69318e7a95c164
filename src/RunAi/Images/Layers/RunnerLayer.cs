using RunAi.Content;

namespace RunAi.Images;

/// <summary>
/// Makes the layer of the step runner, <c>/.runai</c>. It is the same for all steps of a platform, so a repository gets it once.
/// </summary>
internal sealed class RunnerLayer
{
    public const string Origin = "Runner";

    /// <summary>The folder of the image that holds the step runner.</summary>
    public const string Folder = "/.runai";

    private readonly StepRunnerFiles _files;
    public RunnerLayer(StepRunnerFiles files, LayerCache cache)
    {
        _files = files;
        Cache = cache;
    }

    /// <summary>Where layers are kept.</summary>
    public LayerCache Cache { get; }

    /// <exception cref="ImageBuildException"><see cref="ErrorIds.MissingDependency"/>: the module came without one for the
    /// platform.</exception>
    public AddedLayer Create(ImagePlatform platform, CancellationToken ct)
    {
        var entries = SourceFolder.Read(_files.FolderFor(platform), ct).Entries.Select(Normalised).ToArray();
        return Cache.Get(
            new LayerArchive(entries, Folder),
            (blob, diffId) => new AddedLayer(Origin, blob, diffId, $"{AddedLayer.Mark} step runner"), ct);
    }

    /// <summary>Packages lose the executable bit on some systems, so the content tells what is a program.</summary>
    private static SourceEntry Normalised(SourceEntry entry) =>
        entry.Kind is SourceKind.File or SourceKind.Program
            ? new SourceEntry(
                entry.Name, entry.Location,
                SourcePlatform.LooksLikeProgram(new FileInfo(entry.Location)) ? SourceKind.Program : SourceKind.File, entry.Size)
            { ChangedAt = entry.ChangedAt }
            : entry;
}
