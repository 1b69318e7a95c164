namespace RunAi.Stacks;

/// <summary>A stack as it is after a change, and what the change registered or replaced.</summary>
internal sealed class StackChange
{
    public StackChange(Stack stack, IReadOnlyList<string> changed)
    {
        Stack = stack;
        Changed = changed;
    }

    public Stack Stack { get; }

    /// <summary>The components and stacks that were changed, in words; empty when all was there already.</summary>
    public IReadOnlyList<string> Changed { get; }
}
