using Newtonsoft.Json.Linq;
using RunAi.Configuration;

namespace RunAi.Stacks;

/// <summary>The stacks registered in a configuration file, and which of them is active.</summary>
internal sealed class ConfiguredStacks
{
    public const string ActiveField = "activeStack";

    private static readonly ComponentKind<Stack> Kind = new()
    {
        Section = "stacks",
        Words = "stack",
        NotFoundId = ErrorIds.StackNotFound,
        ExistsId = ErrorIds.StackExists,
        HowToRegister = "Register-RunAiStack {0} -StepOperator NAME",
        Read = Read,
        Write = Write,
        Check = Check,
        Exists = name => new ConfigurationException(
            ErrorIds.StackExists,
            $"A stack '{name}' is registered already. Change it with Set-RunAiStack {name}, replace it with -Force, or take another name.")
        {
            Target = name,
        },
    };

    private readonly ConfigurationFile _file;
    private readonly ComponentSection<Stack> _section;

    public ConfiguredStacks(ConfigurationFile file)
    {
        _file = file;
        _section = new ComponentSection<Stack>(file, Kind);
    }

    /// <summary>The stacks whose names match a pattern with <c>*</c> and <c>?</c>, by name; none is no error.</summary>
    public IReadOnlyList<Stack> Get(string pattern = "*") => Get(_file.Read(), pattern);

    /// <summary>The stack of that name.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.StackNotFound"/>.</exception>
    public Stack Required(JObject root, string name) => Marked(root, _section.Required(root, name));

    /// <summary>The active stack; null when none is.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.StackNotFound"/>: the file was edited and its active stack is not in
    /// it.</exception>
    public Stack? Active(JObject root) =>
        ActiveName(root) is not { } name ? null
        : _section.Find(root, name) is { } stack ? Marked(root, stack)
        : throw new ConfigurationException(
            ErrorIds.StackNotFound,
            $"The active stack '{name}' is not registered. Make another one active with Use-RunAiStack NAME; Get-RunAiStack lists them.")
        {
            Target = name,
        };

    /// <summary>Registers a stack in a configuration that was read; the first one becomes active.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.StackExists"/>, or it breaks a rule.</exception>
    public Stack Register(JObject root, Stack stack, bool force)
    {
        _section.Register(root, stack.Name, stack, force);
        return ActivatedIfFirst(root, stack);
    }

    /// <summary>Registers a stack that may be there already; one with the same components stays as it is.</summary>
    /// <returns>True when something was changed.</returns>
    public bool Merge(JObject root, Stack stack, bool force)
    {
        if (!_section.Merge(root, stack.Name, stack, force))
        {
            return false;
        }

        ActivatedIfFirst(root, stack);
        return true;
    }

    /// <summary>Makes a stack the active one.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.StackNotFound"/>, or the file cannot be used.</exception>
    public Task<Stack> UseAsync(string name, CancellationToken ct) => _file.UpdateAsync(
        root =>
        {
            var stack = _section.Required(root, name);
            root[ActiveField] = stack.Name;
            return Marked(root, stack);
        },
        ct);

    /// <summary>Makes sure that there is a stack of that name.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.StackNotFound"/>.</exception>
    public void EnsureThere(string name) => _section.Resolve(name);

    /// <summary>Forgets a stack, and with it that it was active. Its components stay.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.StackNotFound"/>, or the file cannot be used.</exception>
    public Task<Stack> UnregisterAsync(string name, CancellationToken ct) => _file.UpdateAsync(
        root =>
        {
            var stack = Required(root, name);
            _section.Unregister(root, name);
            if (stack.IsActive)
            {
                root.Remove(ActiveField);
            }

            return stack;
        },
        ct);

    /// <summary>The failure of a look-up by exact name.</summary>
    public ConfigurationException NotFound(string name) => _section.NotFound(name);

    /// <summary>The stacks of a configuration that was read which have a component of that name at one of their places.</summary>
    public IReadOnlyList<Stack> Users(JObject root, StackSlot slot, string name) =>
        [.. _section.Get(root).Where(stack => name.Equals(slot.Get(stack), StringComparison.OrdinalIgnoreCase))];

    public IReadOnlyList<Stack> Get(JObject root, string pattern) => [.. _section.Get(root, pattern).Select(stack => Marked(root, stack))];

    private Stack ActivatedIfFirst(JObject root, Stack stack)
    {
        if (ActiveName(root) is null)
        {
            root[ActiveField] = stack.Name;
        }

        return Marked(root, stack);
    }

    private Stack Marked(JObject root, Stack stack)
    {
        stack.IsActive = IsActive(root, stack.Name);
        return stack;
    }

    private bool IsActive(JObject root, string name) => name.Equals(ActiveName(root), StringComparison.OrdinalIgnoreCase);

    private string? ActiveName(JObject root) => ComponentJson.Text(root, ActiveField, _file.Faults);

    private static Stack Read(string name, JObject json, ConfigurationErrors faults)
    {
        var stack = new Stack { Name = name };
        foreach (var slot in StackSlot.All)
        {
            slot.Set(stack, ComponentJson.Text(json, slot.Field, faults));
        }

        return stack;
    }

    private static void Write(Stack stack, JObject json)
    {
        foreach (var slot in StackSlot.All)
        {
            ComponentJson.Put(json, slot.Field, slot.Get(stack));
        }
    }

    private static void Check(Stack stack)
    {
        if (ComponentName.Fault(stack.Name) is { } fault)
        {
            throw new ConfigurationException(ErrorIds.InvalidStack, fault) { Target = stack.Name };
        }
    }
}
