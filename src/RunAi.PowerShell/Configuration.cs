using RunAi.Components;
using RunAi.Configuration;
using RunAi.Operators;
using RunAi.Stacks;

namespace RunAi.PowerShell;

/// <summary>What the commands read of the user's configuration, opened anew at each use since another process may change it.</summary>
internal static class Configuration
{
    public static StepOperatorStore StepOperators => new(ConfigurationFile.OfUser());

    public static ComponentSection<ArtifactStore> ArtifactStores => Artifacts.ArtifactStores.In(ConfigurationFile.OfUser());

    public static ComponentSection<ContainerRegistry> ContainerRegistries => Images.ContainerRegistries.In(ConfigurationFile.OfUser());

    public static ComponentSection<ImageBuilder> ImageBuilders => Images.ImageBuilders.In(ConfigurationFile.OfUser());

    public static StackStore Stacks => new(ConfigurationFile.OfUser());

    /// <summary>Finds the stack that a command works with.</summary>
    public static StackResolver StackResolver => new(ConfigurationFile.OfUser());

    /// <summary>The artifact store that is used when none is named: the active stack's, else the only one registered.</summary>
    /// <exception cref="ConfigurationException">There is neither.</exception>
    public static ArtifactStore DefaultArtifactStore()
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
                    : $"Several artifact stores are registered ({string.Join(", ", registered.Select(one => one.Name))}) and the active stack has none. "
                        + "Name one with -ArtifactStore.");
    }
}
