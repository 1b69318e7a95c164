using Newtonsoft.Json.Linq;
using RunAi.Configuration;
using RunAi.Images;

namespace RunAi.Stacks;

/// <summary>
/// Registers or changes a stack, and registers under the stack's name those components that are given by what they are: all in one write,
/// or nothing.
/// </summary>
internal sealed class StackRegistration
{
    private static readonly string[] Flavors = [ConfiguredImageBuilders.Layer, "Docker", ConfiguredImageBuilders.None];

    private readonly ConfigurationFile _file;
    private readonly StackSections _sections;
    private readonly StackOptions _given;
    private readonly bool _force;

    public StackRegistration(ConfigurationFile file, StackOptions given, bool force)
    {
        _file = file;
        _sections = new StackSections(file);
        _given = given;
        _force = force;
    }

    /// <summary>Registers a stack.</summary>
    /// <exception cref="RunAiException">A name is taken or unknown, an option breaks a rule, or the file cannot be used.</exception>
    public Task<StackChange> RegisterAsync(string name, CancellationToken ct) => _file.UpdateAsync(root => Register(root, name), ct);

    /// <summary>What registering a stack would do.</summary>
    public StackChange PlanRegister(string name) => Register(_file.Read(), name);

    /// <summary>Changes the places of a stack that were given.</summary>
    /// <exception cref="RunAiException">There is no such stack, a name is unknown, an option breaks a rule, or the file cannot be
    /// used.</exception>
    public Task<StackChange> SetAsync(string name, CancellationToken ct) => _file.UpdateAsync(root => Set(root, name), ct);

    /// <summary>What changing a stack would do.</summary>
    public StackChange PlanSet(string name) => Set(_file.Read(), name);

    private StackChange Register(JObject root, string name)
    {
        var stack = new Stack { Name = name };
        var changed = Fill(root, stack);
        if (StackSlot.All.All(slot => slot.Get(stack) is null))
        {
            throw Invalid(name, $"The stack '{name}' has no component. Name at least one of -StepOperator, -ArtifactStore, "
                + "-ContainerRegistry and -ImageBuilder.");
        }

        return new StackChange(_sections.Stacks.Register(root, stack, _force), [.. changed, $"stack {stack.Name}"]);
    }

    private StackChange Set(JObject root, string name)
    {
        var stack = _sections.Stacks.Required(root, name);
        var changed = Fill(root, stack);
        return new StackChange(_sections.Stacks.Register(root, stack, force: true), [.. changed, $"stack {stack.Name}"]);
    }

    private List<string> Fill(JObject root, Stack stack)
    {
        if (ComponentName.Fault(stack.Name) is { } fault)
        {
            throw Invalid(stack.Name, fault);
        }

        CheckSpareOptions(stack.Name);
        List<string> changed = [];
        Put(StackSlot.StepOperator, _given.StepOperator, _sections.StepOperators, NewOperator);
        Put(StackSlot.ArtifactStore, _given.ArtifactStore, _sections.ArtifactStores, NewStore);
        Put(StackSlot.ContainerRegistry, _given.ContainerRegistry, _sections.ContainerRegistries, NewRegistry);
        Put(StackSlot.ImageBuilder, _given.ImageBuilder, _sections.ImageBuilders, (name, flavor) => NewBuilder(root, name, flavor));
        return changed;

        void Put<T>(StackSlot slot, string? given, ComponentSection<T> section, Func<string, string, T?> create)
            where T : class
        {
            if (given is null)
            {
                return;
            }

            if (given.Length > 0 && create(stack.Name, given) is { } added)
            {
                if (section.Merge(root, stack.Name, added, _force || IsOwn(root, stack.Name, slot)))
                {
                    changed.Add($"{slot.Words} {stack.Name}");
                }

                slot.Set(stack, stack.Name);
                return;
            }

            slot.Set(stack, given.Length == 0 ? null : section.RequiredName(root, given));
        }
    }

    /// <summary>True for a component that has the stack's name and is used by that stack alone, so that the stack may change it.</summary>
    private bool IsOwn(JObject root, string name, StackSlot slot)
    {
        var users = _sections.Stacks.Users(root, slot, name);
        return users.Count == 1 && users[0].Name.Equals(name, StringComparison.OrdinalIgnoreCase);
    }

    private StepOperator? NewOperator(string name, string given) => IsUrl(given)
        ? new StepOperator
        {
            Name = name,
            RunAiBaseUrl = given,
            ProjectName = _given.ProjectName ?? "",
            ClientId = _given.ClientId ?? "",
            ClientSecret = _given.ClientSecret ?? "",
        }
        : null;

    private ArtifactStore? NewStore(string name, string given) => IsPlace(given)
        ? new ArtifactStore { Name = name, Uri = given, Credential = _given.ArtifactStoreCredential }
        : null;

    private ContainerRegistry? NewRegistry(string name, string given) => IsPlace(given)
        ? new ContainerRegistry { Name = name, Uri = given, Credential = _given.ContainerRegistryCredential }
        : null;

    private ImageBuilder? NewBuilder(JObject root, string name, string given) =>
        _sections.ImageBuilders.Find(root, given) is null && Flavors.Contains(given, StringComparer.OrdinalIgnoreCase)
            ? new ImageBuilder { Name = name, Flavor = given }
            : null;

    /// <summary>Options of a new component are a mistake where none is made: they would be forgotten without a word.</summary>
    private void CheckSpareOptions(string stack)
    {
        if (!IsUrl(_given.StepOperator) && (_given.ProjectName ?? _given.ClientId ?? _given.ClientSecret) is not null)
        {
            throw Invalid(
                stack, "-ProjectName, -ClientId and -ClientSecret describe a new step operator. Give the control plane's URL with "
                + "-StepOperator, or change one that is registered with Set-RunAiStepOperator.");
        }

        if (!IsPlace(_given.ArtifactStore) && _given.ArtifactStoreCredential is not null)
        {
            throw Invalid(
                stack, "-ArtifactStoreCredential belongs to a new artifact store. Give its URI with -ArtifactStore, or change one that is "
                + "registered with Register-RunAiArtifactStore -Force.");
        }

        if (!IsPlace(_given.ContainerRegistry) && _given.ContainerRegistryCredential is not null)
        {
            throw Invalid(
                stack, "-ContainerRegistryCredential belongs to a new container registry. Give its repository with -ContainerRegistry, or "
                + "change one that is registered with Register-RunAiContainerRegistry -Force.");
        }
    }

    private static bool IsUrl(string? text) => text?.Contains("://") == true;

    /// <summary>A name has neither a slash nor a colon; a place of images has one.</summary>
    private static bool IsPlace(string? text) => text?.IndexOfAny(['/', ':']) >= 0;

    private static ConfigurationException Invalid(string stack, string message) => new(ErrorIds.InvalidStack, message) { Target = stack };
}
