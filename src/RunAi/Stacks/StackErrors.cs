namespace RunAi.Stacks;

/// <summary>The errors of stacks and the components they name, each with the command to go on with.</summary>
internal static class StackErrors
{
    /// <summary>A stack names a component that is not registered.</summary>
    public static ConfigurationException Dangling(Stack stack, StackSlot slot) => Invalid(
        stack.Name,
        $"The stack '{stack.Name}' names the {slot.Words} '{slot.Get(stack)}', which is not registered. Register it with "
        + $"Register-RunAi{slot.Name} {slot.Get(stack)}, or give the stack another one with: Set-RunAiStack {stack.Name} "
        + $"-{slot.Name} NAME");

    /// <summary>A component is to be forgotten that stacks use.</summary>
    public static ConfigurationException InUse(StackSlot slot, string name, IReadOnlyCollection<Stack> stacks) => Invalid(
        name,
        $"The {slot.Words} '{name}' is used by the {(stacks.Count == 1 ? "stack" : "stacks")} {string.Join(", ", stacks)}. Give "
        + $"{(stacks.Count == 1 ? "it" : "them")} another one with Set-RunAiStack NAME -{slot.Name} OTHER, or take it out as "
        + "well with -Force.");

    /// <summary>A stack is wanted, none was named and none is active.</summary>
    public static ConfigurationException NoneActive(IReadOnlyCollection<Stack> registered) => new(
        ErrorIds.StackNotFound,
        registered.Count == 0
            ? "No stack is registered. Register one with: Register-RunAiStack NAME -StepOperator NAME"
            : $"No stack is active. Name one, or make one active with Use-RunAiStack. Registered: {string.Join(", ", registered)}.");

    private static ConfigurationException Invalid(string target, string message) => new(ErrorIds.InvalidStack, message) { Target = target };
}
