using RunAi.Configuration;
using RunAi.Operators;
using RunAi.PowerShell.Pipeline;
using RunAi.Stacks;

namespace RunAi.PowerShell;

/// <summary>What the commands read of the user's configuration, opened anew at each use since another process may change it.</summary>
internal sealed class Configuration
{
    private readonly SessionEnvironment _session;
    private readonly ConfigurationScope? _scope;

    /// <param name="session">The environment of the runspace.</param>
    /// <param name="scope">Where what is registered goes; null to leave what is there where it is.</param>
    public Configuration(SessionEnvironment session, ConfigurationScope? scope = null) => (_session, _scope) = (session, scope);

    /// <summary>The configuration file, with what the runspace has over it.</summary>
    public ConfigurationFile File => ConfigurationFile.Of(_session.Variable, _session.Time, _session.Configured, _scope);

    public ConfiguredStepOperators StepOperators => new(File);

    public ComponentSection<ArtifactStore> ArtifactStores => Artifacts.ConfiguredArtifactStores.In(File);

    public ComponentSection<ContainerRegistry> ContainerRegistries => Images.ConfiguredContainerRegistries.In(File);

    public ComponentSection<ImageBuilder> ImageBuilders => Images.ConfiguredImageBuilders.In(File);

    public ConfiguredStacks Stacks => new(File);

    /// <summary>Finds the stack that a command works with.</summary>
    public StackResolver StackResolver => new(File);

    /// <summary>The artifact store that is used when none is named: the active stack's, else the only one registered.</summary>
    /// <exception cref="ConfigurationException">There is neither.</exception>
    public ArtifactStore DefaultArtifactStore()
    {
        if (Stacks.Get().FirstOrDefault(stack => stack.IsActive)?.ArtifactStore is { } name)
        {
            return ArtifactStores.Resolve(name);
        }

        var registered = ArtifactStores.Get();
        return registered.Count == 1
            ? registered[0]
            : throw new ConfigurationException(
                ErrorIds.ArtifactStoreNotFound,
                registered.Count == 0
                    ? "No artifact store is registered. Register one with: Register-RunAiArtifactStore NAME -Uri az://ACCOUNT/CONTAINER"
                    : $"Several artifact stores are registered ({string.Join(", ", registered.Select(store => store.Name))}) and the "
                        + "active stack has none. Name one with -ArtifactStore.");
    }
}
