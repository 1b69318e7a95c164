using RunAi.Artifacts;
using RunAi.Configuration;
using RunAi.ControlPlane;
using RunAi.Images;
using RunAi.Operators;
using RunAi.Secrets;
using RunAi.Stacks;

namespace RunAi.Runs;

/// <summary>
/// What work on runs takes from around it: environment, clock, secrets, connections and log. From the user's configuration it opens what
/// runs are kept in and made of.
/// </summary>
internal sealed class RunServices
{
    private int _hasWarned;

    /// <summary>Reads an environment variable; null for none.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Resolves references to secrets.</summary>
    public required SecretResolver Secrets { get; init; }

    /// <summary>Gets what is done, and what goes wrong without ending anything.</summary>
    public required IActivityLog Log { get; init; }

    /// <summary>The sessions with control planes.</summary>
    public required SessionCache Sessions { get; init; }

    /// <summary>What carries requests to container registries.</summary>
    public required RegistryTransport Registries { get; init; }

    /// <summary>How transfers to and from artifact stores are made.</summary>
    public required StoreOptions Stores { get; init; }

    /// <summary>The folder with the step runner for each platform.</summary>
    public required string StepRunnerFolder { get; init; }

    /// <summary>What carries messages on the ends of runs.</summary>
    public WebHooks WebHooks { get; init; } = WebHooks.Default;

    /// <summary>Whom the ends of runs are told to beside those that they were submitted with, as the user wrote them.</summary>
    public IReadOnlyList<string> Notify { get; init; } = [];

    /// <summary>A call that is told as well, such as a script block of the session; null for none.</summary>
    public Func<RunFigures, Task>? NotifyCall { get; init; }

    /// <summary>Tells of the ends of runs.</summary>
    public RunNotifier Notifier => new(Secrets, WebHooks, Time, Log) { Targets = Notify, Call = NotifyCall };

    /// <summary>What the session has over the configuration file.</summary>
    public SessionConfiguration Configured { get; init; } = new();

    /// <summary>The user's configuration file, with what the session has over it.</summary>
    public ConfigurationFile Configuration => ConfigurationFile.Of(Variable, Time, Configured);

    /// <summary>The credentials of the registered container registries, and those that 'docker login' keeps.</summary>
    public RegistryCredentials RegistryCredentials => new(
        ConfiguredContainerRegistries.In(Configuration).Get(), Secrets, new DockerLogin(Variable, new CredentialHelper(Time)));

    /// <summary>Makes images, with the user's registries, cache and step runner.</summary>
    public StepImages Images => new(
        Registries, RegistryCredentials, new StepRunnerFiles(StepRunnerFolder), new LayerCache(LayerCache.FolderOfUser(Variable), Time),
        Variable, Log);

    /// <summary>Connects a step operator.</summary>
    /// <exception cref="SecretNotFoundException">The client id's reference leads nowhere.</exception>
    public Task<StepOperatorConnection> ConnectAsync(StepOperator stepOperator, CancellationToken ct) =>
        new StepOperatorConnector(Sessions, Secrets).ConnectAsync(stepOperator, Log, ct);

    /// <summary>Connects the step operator that a recorded run is reached with.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.StepOperatorNotFound"/>: none goes to the run's project.</exception>
    public Task<StepOperatorConnection> ConnectAsync(RunRecord record, OperatorChoice choice, CancellationToken ct)
    {
        IReadOnlyCollection<StepOperator> candidates = string.IsNullOrEmpty(choice.StepOperator)
            ? new ConfiguredStepOperators(Configuration).Get()
            : [new StackResolver(Configuration).Resolve(choice.Stack, choice.StepOperator).StepOperator];
        return ConnectAsync(RunOperators.For(record, candidates), ct);
    }

    /// <summary>Opens an artifact store.</summary>
    public Task<IArtifactStore> OpenAsync(ArtifactStore store, CancellationToken ct) =>
        ConfiguredArtifactStores.OpenAsync(store, Secrets, Log, ct, Stores, Time);

    /// <summary>Opens the artifact store that is registered under a name; null when there is no name.</summary>
    public async Task<IArtifactStore?> StoreAsync(string? name, CancellationToken ct) =>
        string.IsNullOrEmpty(name)
            ? null
            : await OpenAsync(ConfiguredArtifactStores.In(Configuration).Resolve(name!), ct).ConfigureAwait(false);

    /// <summary>The folder in which this machine records runs; null for a user without one.</summary>
    public async Task<IArtifactStore?> LocalStoreAsync(CancellationToken ct) =>
        StateFolder.Resolve(Variable) is { } folder
            ? await OpenAsync(new ArtifactStore { Name = "state", Uri = new Uri(folder).AbsoluteUri }, ct).ConfigureAwait(false)
            : null;

    /// <summary>
    /// The record of runs in a store, if there is one, and on this machine. Without a store, and where this machine's folder cannot be
    /// written to, nothing is recorded: that is a warning, once.
    /// </summary>
    public async Task<RunJournal> JournalAsync(IArtifactStore? store, CancellationToken ct)
    {
        var local = await LocalStoreAsync(ct).ConfigureAwait(false);
        if (store is null && local is not null && !await MachineIdentity.IsWritableAsync(local, ct).ConfigureAwait(false))
        {
            if (Interlocked.Exchange(ref _hasWarned, 1) == 0)
            {
                Log.Warning($"The run is not recorded, since {local.Uri} cannot be written to. Set {StateFolder.Variable} to a folder that "
                    + "can, or use a stack with an artifact store. Until then a run key holds only as far as the control plane "
                    + "lists the workload.");
            }

            local = null;
        }

        IArtifactStore?[] places = [store, local];
        return new RunJournal([.. places.OfType<IArtifactStore>()], Time, Log);
    }

    /// <summary>What work on runs goes by that are recorded in a journal.</summary>
    public async Task<RunContext> ContextAsync(StepOperatorConnection connection, RunJournal journal, CancellationToken ct)
    {
        var machine = await LocalStoreAsync(ct).ConfigureAwait(false) is { } local
            ? await MachineIdentity.OfAsync(local, ct).ConfigureAwait(false)
            : "";
        return new RunContext(connection, Time, journal, new RunOwners(machine, PipelineJob.Of(Variable)), Log) { Notifier = Notifier };
    }
}
