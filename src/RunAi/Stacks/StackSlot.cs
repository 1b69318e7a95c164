namespace RunAi.Stacks;

/// <summary>One of the four places of a stack that a component goes to.</summary>
internal sealed class StackSlot
{
    private StackSlot(string name, string words, Func<Stack, string?> get, Action<Stack, string?> set)
    {
        Name = name;
        Words = words;
        Get = get;
        Set = set;
    }

    public static StackSlot StepOperator { get; } =
        new(nameof(Stack.StepOperator), "step operator", stack => stack.StepOperator, (stack, name) => stack.StepOperator = name);

    public static StackSlot ArtifactStore { get; } =
        new(nameof(Stack.ArtifactStore), "artifact store", stack => stack.ArtifactStore, (stack, name) => stack.ArtifactStore = name);

    public static StackSlot ContainerRegistry { get; } =
        new(nameof(Stack.ContainerRegistry), "container registry", stack => stack.ContainerRegistry, (stack, name) =>
            stack.ContainerRegistry = name);

    public static StackSlot ImageBuilder { get; } =
        new(nameof(Stack.ImageBuilder), "image builder", stack => stack.ImageBuilder, (stack, name) => stack.ImageBuilder = name);

    public static IReadOnlyList<StackSlot> All { get; } = [StepOperator, ArtifactStore, ContainerRegistry, ImageBuilder];

    /// <summary>The name of the property and of the commands' parameter.</summary>
    public string Name { get; }

    /// <summary>The field in the configuration file.</summary>
    public string Field => char.ToLowerInvariant(Name[0]) + Name.Substring(1);

    /// <summary>The kind of component as messages name it.</summary>
    public string Words { get; }

    /// <summary>The name of the component that a stack has there; null for none.</summary>
    public Func<Stack, string?> Get { get; }

    public Action<Stack, string?> Set { get; }
}
