using Newtonsoft.Json.Linq;
using RunAi.Configuration;

namespace RunAi.Stacks;

/// <summary>Forgets components. One that stacks use stays, unless it is forced: then it is taken out of them as well.</summary>
internal sealed class ComponentRemoval
{
    private readonly ConfigurationFile _file;
    private readonly StackSections _sections;

    public ComponentRemoval(ConfigurationFile file)
    {
        _file = file;
        _sections = new StackSections(file);
    }

    /// <summary>Forgets a component.</summary>
    /// <returns>The names of the stacks that it was taken out of.</returns>
    /// <exception cref="ConfigurationException">There is none, stacks use it (<see cref="ErrorIds.InvalidStack"/>), or the file cannot be
    /// used.</exception>
    public Task<IReadOnlyList<string>> RunAsync(StackSlot slot, string name, bool force, CancellationToken ct) =>
        _file.UpdateAsync(root => Run(root, slot, name, force), ct);

    private IReadOnlyList<string> Run(JObject root, StackSlot slot, string name, bool force)
    {
        var registered = _sections.Unregister(root, slot, name);
        var users = _sections.Stacks.Users(root, slot, registered);
        if (users.Count > 0 && !force)
        {
            throw StackErrors.InUse(slot, registered, users);
        }

        foreach (var stack in users)
        {
            slot.Set(stack, null);
            _sections.Stacks.Register(root, stack, force: true);
        }

        return [.. users.Select(stack => stack.Name)];
    }
}
