using RunAi.Configuration;

namespace RunAi.Stacks;

/// <summary>Makes a step operator the one of a session.</summary>
internal static class SessionStack
{
    /// <summary>Registers it in a stack of its own name, which becomes the active one. One of that name is replaced.</summary>
    /// <param name="file">The configuration, whose changes go to the session.</param>
    /// <param name="stepOperator">The step operator.</param>
    /// <param name="ct">Ends the work.</param>
    /// <exception cref="ConfigurationException">The configuration cannot be used.</exception>
    public static Task RegisterAsync(ConfigurationFile file, StepOperator stepOperator, CancellationToken ct)
    {
        var sections = new StackSections(file);
        return file.UpdateAsync(
            root =>
            {
                sections.StepOperators.Register(root, stepOperator.Name, stepOperator, force: true);
                var stack = new Stack { Name = stepOperator.Name, StepOperator = stepOperator.Name };
                sections.Stacks.Register(root, stack, force: true);
                root[ConfiguredStacks.ActiveField] = stack.Name;
                return true;
            },
            ct);
    }
}
