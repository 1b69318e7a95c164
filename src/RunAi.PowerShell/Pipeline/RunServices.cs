using RunAi.Artifacts;
using RunAi.Images;
using RunAi.Runs;
using RunAi.Stacks;
using RunAi.Steps;

namespace RunAi.PowerShell.Pipeline;

/// <summary>Opens what runs are kept in and made of: artifact stores, the record, and the makers of artifacts and images.</summary>
internal sealed class RunServices
{
    private readonly CommandContext _context;

    public RunServices(CommandContext context) => _context = context;

    /// <summary>Opens a registered store; null when there is no name.</summary>
    public async Task<IArtifactStore?> StoreAsync(string? name, CancellationToken token) =>
        string.IsNullOrEmpty(name)
            ? null
            : await _context.OpenAsync(_context.Configuration.ArtifactStores.Resolve(name!), token).ConfigureAwait(false);

    /// <summary>The record of runs in a store and on this machine.</summary>
    public async Task<RunJournal> JournalAsync(IArtifactStore? store, CancellationToken token)
    {
        var places = new List<IArtifactStore>();
        if (store is not null)
        {
            places.Add(store);
        }

        if (await LocalAsync(token).ConfigureAwait(false) is { } local)
        {
            places.Add(local);
        }

        return new RunJournal(places, _context.Session.Time, _context.Log);
    }

    /// <summary>The folder in which this machine records runs; null for a user without one.</summary>
    public async Task<IArtifactStore?> LocalAsync(CancellationToken token) =>
        StateFolder.Resolve(_context.Session.Variable) is { } folder
            ? await _context.OpenAsync(new ArtifactStore { Name = "state", Uri = new Uri(folder).AbsoluteUri }, token).ConfigureAwait(false)
            : null;

    /// <summary>Tells which submissions of this machine are at work.</summary>
    public async Task<RunOwners> OwnersAsync(CancellationToken token) =>
        new(await LocalAsync(token).ConfigureAwait(false) is { } local ? await MachineIdentity.OfAsync(local, token).ConfigureAwait(false) : "");

    /// <summary>What a stack gives to steps under the step runner; the stack is known to have it.</summary>
    public IStepContentProvider Means(ResolvedStack stack, IArtifactStore store, Action<ImageProgress> progress)
    {
        var (builder, registry) = (stack.ImageBuilder!, stack.ContainerRegistry!);
        var library = new ArtifactLibrary(store);
        return new StackContentProvider
        {
            StoreName = stack.Stack.ArtifactStore!,
            Store = store,
            SharedFolder = ManifestWriter.FolderOf(store),
            ImageDestination = registry.Uri,
            Publish = (input, token) => library.PublishAsync(SourceOf(input, token), input.Name, _ => { }, token),
            Measure = (input, token) => ArtifactLibrary.MeasureAsync(SourceOf(input, token), input.Name, token),
            ForeseeImage = (step, token) => StepImageSource.In(_context).ForeseeAsync(builder, RequestOf(step), token),
            BuildImage = async (step, token) =>
                (await StepImageSource.In(_context).BuildAsync(builder, RequestOf(step), progress, token).ConfigureAwait(false)).Reference,
        };

        ImageBuildRequest RequestOf(Step step) => StepImages.RequestFor(builder, registry, step.Source, step.Base, step.WorkingDir);
    }

    private static ArtifactSource SourceOf(StepInput input, CancellationToken token) =>
        input.Content is { } made ? ArtifactSource.Of(made.FileName, made.Bytes) : ArtifactSource.Of(input.Path!, token);
}
