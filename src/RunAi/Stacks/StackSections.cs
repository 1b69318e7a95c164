using Newtonsoft.Json.Linq;
using RunAi.Configuration;
using RunAi.Operators;

namespace RunAi.Stacks;

/// <summary>The sections of one configuration file that stacks take their components from.</summary>
internal sealed class StackSections
{
    /// <summary>The sections of a file that is committed, in their order there.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "stacks", "stepOperators", "artifactStores", "containerRegistries", "imageBuilders",
    ];

    /// <summary>The sections whose components have a place in a field <c>uri</c>, which may be on this machine.</summary>
    public static IReadOnlyList<string> Placed { get; } = ["artifactStores", "containerRegistries"];

    public StackSections(ConfigurationFile file)
    {
        ArtifactStores = Artifacts.ConfiguredArtifactStores.In(file);
        StepOperators = new ConfiguredStepOperators(file).Section;
        ContainerRegistries = Images.ConfiguredContainerRegistries.In(file);
        ImageBuilders = Images.ConfiguredImageBuilders.In(file);
        Stacks = new ConfiguredStacks(file);
    }

    public ComponentSection<StepOperator> StepOperators { get; }

    public ComponentSection<ArtifactStore> ArtifactStores { get; }

    public ComponentSection<ContainerRegistry> ContainerRegistries { get; }

    public ComponentSection<ImageBuilder> ImageBuilders { get; }

    public ConfiguredStacks Stacks { get; }

    /// <summary>Forgets the component that a place of a stack would name.</summary>
    /// <returns>Its name as it was registered.</returns>
    /// <exception cref="ConfigurationException">There is none.</exception>
    public string Unregister(JObject root, StackSlot slot, string name) =>
        slot == StackSlot.StepOperator ? StepOperators.Unregister(root, name)
        : slot == StackSlot.ArtifactStore ? ArtifactStores.Unregister(root, name)
        : slot == StackSlot.ContainerRegistry ? ContainerRegistries.Unregister(root, name)
        : slot == StackSlot.ImageBuilder ? ImageBuilders.Unregister(root, name)
        : throw new ArgumentOutOfRangeException(nameof(slot));
}
