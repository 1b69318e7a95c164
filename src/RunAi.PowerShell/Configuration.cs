using RunAi.Components;
using RunAi.Configuration;
using RunAi.Operators;
using RunAi.Stacks;

namespace RunAi.PowerShell;

/// <summary>What the commands read of the user's configuration, opened anew at each use since another process may change it.</summary>
internal static class Configuration
{
    public static StepOperatorStore StepOperators => new(ConfigurationFile.OfUser());

    public static ComponentSection<ContainerRegistry> ContainerRegistries => Images.ContainerRegistries.In(ConfigurationFile.OfUser());

    public static ComponentSection<ImageBuilder> ImageBuilders => Images.ImageBuilders.In(ConfigurationFile.OfUser());

    public static StackStore Stacks => new(ConfigurationFile.OfUser());

    /// <summary>Finds the stack that a command works with.</summary>
    public static StackResolver StackResolver => new(ConfigurationFile.OfUser());
}
