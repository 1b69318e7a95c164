using RunAi.Configuration;

namespace RunAi.Stacks;

/// <summary>
/// Finds the stack a command works with: the one named, else the active one, else a bare one. The configuration is read once.
/// </summary>
internal sealed class StackResolver
{
    private readonly ConfigurationFile _file;

    public StackResolver(ConfigurationFile file) => _file = file;

    /// <summary>The stack that is meant.</summary>
    /// <param name="stack">Its name; null or empty for the active one.</param>
    /// <param name="stepOperator">A step operator to take in place of the stack's; null or empty for the stack's, else the only one
    /// registered.</param>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.StackNotFound"/>.</exception>
    public ResolvedStack Resolve(string? stack, string? stepOperator)
    {
        var root = _file.Read();
        var stacks = new ConfiguredStacks(_file);
        var meant = (string.IsNullOrEmpty(stack) ? stacks.Active(root) : stacks.Required(root, stack!)) ?? new Stack();
        return new ResolvedStack(_file, root, meant, string.IsNullOrEmpty(stepOperator) ? null : stepOperator);
    }
}
