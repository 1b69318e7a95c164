using Newtonsoft.Json.Linq;
using RunAi.Configuration;
using RunAi.Operators;

namespace RunAi.Stacks;

/// <summary>
/// A stack with its components as they were when the configuration was read. Each is looked up when it is asked for, so that a
/// broken one harms only what needs it.
/// </summary>
internal sealed class ResolvedStack
{
    private readonly ConfigurationFile _file;
    private readonly StackSections _sections;
    private readonly JObject _root;
    private readonly string? _stepOperator;

    public ResolvedStack(ConfigurationFile file, JObject root, Stack stack, string? stepOperator)
    {
        _file = file;
        _sections = new StackSections(file);
        _root = root;
        Stack = stack;
        _stepOperator = stepOperator;
    }

    /// <summary>The stack; one without a name and components when none is active and none was named.</summary>
    public Stack Stack { get; }

    /// <summary>True for a stack that is registered, false for the bare one.</summary>
    public bool IsRegistered => Stack.Name.Length > 0;

    /// <summary>The operator that was named, else the stack's, else the only one registered.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.StepOperatorNotFound"/>, or the stack's is not registered.</exception>
    /// <exception cref="StepSettingsException">The file was edited and the operator breaks a rule.</exception>
    public StepOperator StepOperator
    {
        get
        {
            return _stepOperator is null && Stack.StepOperator is not null
                ? Component(StackSlot.StepOperator, _sections.StepOperators)!
                : new ConfiguredStepOperators(_file).Resolve(_root, _stepOperator);
        }
    }

    /// <summary>The stack's artifact store; null for none.</summary>
    /// <exception cref="ConfigurationException">It is not registered, or breaks a rule.</exception>
    public ArtifactStore? ArtifactStore => Component(StackSlot.ArtifactStore, _sections.ArtifactStores);

    /// <summary>The stack's container registry; null for none.</summary>
    /// <exception cref="ConfigurationException">It is not registered, or breaks a rule.</exception>
    public ContainerRegistry? ContainerRegistry => Component(StackSlot.ContainerRegistry, _sections.ContainerRegistries);

    /// <summary>The stack's image builder; null for none.</summary>
    /// <exception cref="ConfigurationException">It is not registered, or breaks a rule.</exception>
    public ImageBuilder? ImageBuilder => Component(StackSlot.ImageBuilder, _sections.ImageBuilders);

    private T? Component<T>(StackSlot slot, ComponentSection<T> section)
        where T : class =>
        slot.Get(Stack) is not { } name ? null : section.Find(_root, name) ?? throw StackErrors.Dangling(Stack, slot);
}
