using RunAi.Artifacts;
using RunAi.Images;

namespace RunAi.Stacks;

/// <summary>
/// Whether a stack has the components that a step needs, and has them where the cluster can reach them. Folders and loopback addresses
/// are out of a cluster's reach, except an emulator's, which is known by its control plane on a loopback address.
/// </summary>
internal static class StackRequirements
{
    private const StepNeeds ImageNeeds = StepNeeds.Source | StepNeeds.StepRunner;
    private const StepNeeds StoreNeeds = StepNeeds.Inputs | StepNeeds.Outputs | StepNeeds.Log | StepNeeds.Result;

    private static readonly (StepNeeds Need, string Words)[] Words =
    [
        (StepNeeds.Source, "a source folder"),
        (StepNeeds.StepRunner, "the step runner"),
        (StepNeeds.Inputs, "inputs"),
        (StepNeeds.Outputs, "outputs"),
        (StepNeeds.Log, "the log"),
        (StepNeeds.Result, "the result"),
    ];

    /// <summary>Makes sure that the stack has what the step needs.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.InvalidStack"/>: all that is missing, and the one command that adds
    /// it.</exception>
    public static void Check(ResolvedStack stack, StepNeeds needs)
    {
        if (Find(stack, needs) is { } lacking)
        {
            throw lacking;
        }
    }

    /// <summary>What a step needs of its stack.</summary>
    public static StepNeeds NeedsOf(Step step)
    {
        if (!step.NeedsRunner)
        {
            return StepNeeds.None;
        }

        var needs = StepNeeds.StepRunner | StepNeeds.Log | StepNeeds.Result;
        needs |= string.IsNullOrEmpty(step.Source) ? StepNeeds.None : StepNeeds.Source;
        needs |= step.Input.Count == 0 && step.Script is null ? StepNeeds.None : StepNeeds.Inputs;
        return needs | (step.Output.Length == 0 && step.Script is null ? StepNeeds.None : StepNeeds.Outputs);
    }

    /// <summary>All that a stack lacks for these needs, and the one command that adds it; null when it has it all.</summary>
    public static ConfigurationException? Find(ResolvedStack stack, StepNeeds needs)
    {
        if (needs == StepNeeds.None)
        {
            return null;
        }

        var isLocal = IsLocal(stack.StepOperator);
        (StackSlot Slot, StepNeeds For, string Example, Func<string?> Fault)[] rules =
        [
            (StackSlot.ArtifactStore, needs & StoreNeeds, isLocal ? "file:FOLDER" : "az://ACCOUNT/CONTAINER", () =>
                StoreFault(stack, isLocal)),
            (StackSlot.ContainerRegistry, needs & ImageNeeds, isLocal ? "oci:FOLDER" : "HOST/REPOSITORY", () =>
                RegistryFault(stack, isLocal)),
            (StackSlot.ImageBuilder, needs & ImageNeeds, "Layer", () => BuilderFault(stack)),
        ];
        var missing = rules
            .Where(rule => rule.For != StepNeeds.None)
            .Select(rule => (rule.Slot, rule.For, rule.Example, Fault: rule.Fault()))
            .Where(rule => rule.Fault is not null)
            .ToArray();
        var lines = missing.Select(m => $"  {m.Slot.Words}, for {Listed(m.For)}: {m.Fault}");
        return missing.Length == 0 ? null : new ConfigurationException(
            ErrorIds.InvalidStack,
            $"{Named(stack)} lacks what this step needs:\n{string.Join("\n", lines)}\nAdd it with: {Command(stack)}"
            + string.Concat(missing.Select(m => $" -{m.Slot.Name} {m.Example}")))
        {
            Target = stack.IsRegistered ? stack.Stack.Name : null,
        };
    }

    /// <summary>True for an operator of a control plane on this machine, an emulator's.</summary>
    public static bool IsLocal(StepOperator stepOperator) => IsLoopback(stepOperator.RunAiBaseUrl);

    /// <summary>What keeps the artifact store from being used by the cluster; null for nothing.</summary>
    public static string? StoreFault(ResolvedStack stack, bool isLocal) =>
        stack.ArtifactStore is not { } store ? "there is none."
        : !isLocal && ConfiguredArtifactStores.Check(store) is { Kind: StoreKind.File } or { Service.IsLoopback: true }
            ? $"'{store.Name}' is at {store.Uri}, which the cluster cannot reach."
        : null;

    /// <summary>What keeps the cluster from pulling from the container registry; null for nothing.</summary>
    public static string? RegistryFault(ResolvedStack stack, bool isLocal) =>
        stack.ContainerRegistry is not { } registry ? "there is none."
        : !isLocal && (registry.Host is not { } host || IsLoopback("http://" + host))
            ? $"'{registry.Name}' is at {registry.Uri}, which the cluster cannot reach."
        : null;

    /// <summary>What keeps the cluster from pulling an image that is run as it is; null for nothing.</summary>
    public static string? ImageFault(Step step, StepOperator stepOperator) =>
        step.Image.StartsWith(ImageLocation.LayoutScheme, StringComparison.OrdinalIgnoreCase) && !IsLocal(stepOperator)
            ? $"'{step.Image}' is a folder of this machine, which only an emulator can run, and '{stepOperator.Name}' is at "
                + $"{stepOperator.RunAiBaseUrl}. Copy the image to a registry that the cluster can reach and name it there, or give it as "
                + "BaseImage with a stack that has a registry."
            : null;

    /// <summary>What keeps the image builder from building; null for nothing.</summary>
    public static string? BuilderFault(ResolvedStack stack) =>
        stack.ImageBuilder is not { } builder ? "there is none."
        : builder.Flavor == ConfiguredImageBuilders.None ? $"'{builder.Name}' has the flavor None, which builds nothing."
        : null;

    private static string Named(ResolvedStack stack) =>
        stack.IsRegistered ? $"The stack '{stack.Stack.Name}'" : "No stack is active, and a step operator alone";

    private static string Command(ResolvedStack stack) =>
        stack.IsRegistered ? $"Set-RunAiStack {stack.Stack.Name}" : $"Register-RunAiStack NAME -StepOperator {stack.StepOperator.Name}";

    private static string Listed(StepNeeds needs)
    {
        var words = Words.Where(word => (needs & word.Need) != StepNeeds.None).Select(word => word.Words).ToArray();
        return words.Length == 1 ? words[0] : string.Join(", ", words.Take(words.Length - 1)) + " and " + words[words.Length - 1];
    }

    private static bool IsLoopback(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback;
}
