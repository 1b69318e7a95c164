using Newtonsoft.Json.Linq;
using RunAi.Configuration;

namespace RunAi.Stacks;

/// <summary>Takes stacks with their components from one configuration to another: into a file for a repository, or out of one.</summary>
internal sealed class StackImportExport
{
    private readonly StackSections _source;
    private readonly StackSections _target;

    private StackImportExport(ConfigurationFile source, ConfigurationFile target)
    {
        _source = new StackSections(source);
        _target = new StackSections(target);
    }

    /// <summary>Writes stacks and their components to a file, in the order of their names.</summary>
    /// <param name="from">The configuration.</param>
    /// <param name="names">The stacks; none for the active one.</param>
    /// <param name="to">The file.</param>
    /// <param name="force">True to replace a file that holds something else.</param>
    /// <returns>False when the file says so already.</returns>
    /// <exception cref="RunAiException">A stack names a component that is not registered, or the file cannot be written.</exception>
    public static bool Export(ConfigurationFile from, IReadOnlyCollection<string> names, StackFile to, bool force) =>
        to.Write(Document(from, Stacks(from, names), to), force);

    /// <summary>The stacks that an export would write.</summary>
    public static IReadOnlyList<Stack> PlanExport(ConfigurationFile from, IReadOnlyCollection<string> names, StackFile to)
    {
        if (StackFile.IsSame(from.Location, to.Location))
        {
            throw new ConfigurationException(
                ErrorIds.InvalidStack, $"{to.Location} is your own configuration. Name another file with -Path.")
            {
                Target = to.Location,
            };
        }

        var stacks = Stacks(from, names);
        Document(from, stacks, to);
        return stacks;
    }

    private static IReadOnlyList<Stack> Stacks(ConfigurationFile from, IReadOnlyCollection<string> names)
    {
        var root = from.Read();
        var store = new ConfiguredStacks(from);
        return names.Count > 0
            ? [.. names.Select(name => store.Required(root, name))]
            : [store.Active(root) ?? throw StackErrors.NoneActive(store.Get(root, "*"))];
    }

    private static JObject Document(ConfigurationFile from, IReadOnlyList<Stack> stacks, StackFile to)
    {
        var root = from.Read();
        var transfer = new StackImportExport(from, to.File);
        var document = new JObject { ["version"] = 1 };
        foreach (var section in StackSections.Names)
        {
            document[section] = new JObject();
        }

        transfer.Copy(root, stacks, document, force: true);
        document.Remove(ConfiguredStacks.ActiveField);
        Relocate(document, place => RelativePath.Shorten(place, to.Folder));
        foreach (var section in StackSections.Names)
        {
            var entries = ((JObject)document[section]!).Properties().OrderBy(property => property.Name, StringComparer.Ordinal).ToArray();
            if (entries.Length == 0)
            {
                document.Remove(section);
            }
            else
            {
                document[section] = new JObject(entries.Select(property => new JProperty(property.Name, property.Value)));
            }
        }

        return document;
    }

    /// <summary>Registers the stacks of a file and their components. The first stack becomes active when none is.</summary>
    /// <param name="from">The file.</param>
    /// <param name="to">The configuration.</param>
    /// <param name="force">True to replace components and stacks with other content.</param>
    /// <param name="ct">Ends the wait for the configuration.</param>
    /// <exception cref="RunAiException">A name is taken by something else, or the file is not as it must be.</exception>
    public static Task<IReadOnlyList<StackChange>> ImportAsync(StackFile from, ConfigurationFile to, bool force, CancellationToken ct) =>
        to.UpdateAsync<IReadOnlyList<StackChange>>(root => Import(from, to, root, force), ct);

    /// <summary>What an import would do.</summary>
    public static IReadOnlyList<StackChange> PlanImport(StackFile from, ConfigurationFile to, bool force) =>
        Import(from, to, to.Read(), force);

    private static List<StackChange> Import(StackFile from, ConfigurationFile to, JObject root, bool force)
    {
        var transfer = new StackImportExport(from.File, to);
        var document = from.Read();
        Relocate(document, place => RelativePath.Lengthen(place, from.Folder));
        var stacks = transfer._source.Stacks.Get(document, "*");
        return stacks.Count > 0
            ? transfer.Copy(document, stacks, root, force)
            : throw new ConfigurationException(
                ErrorIds.InvalidStack, $"The file {from.Location} has no stack. Write one with Export-RunAiStack.")
            {
                Target = from.Location,
            };
    }

    private List<StackChange> Copy(JObject from, IEnumerable<Stack> stacks, JObject to, bool force)
    {
        List<StackChange> changes = [];
        foreach (var stack in stacks)
        {
            List<string> changed = [];
            Put(StackSlot.StepOperator, _source.StepOperators, _target.StepOperators);
            Put(StackSlot.ArtifactStore, _source.ArtifactStores, _target.ArtifactStores);
            Put(StackSlot.ContainerRegistry, _source.ContainerRegistries, _target.ContainerRegistries);
            Put(StackSlot.ImageBuilder, _source.ImageBuilders, _target.ImageBuilders);
            if (_target.Stacks.Merge(to, stack, force))
            {
                changed.Add($"stack {stack.Name}");
            }

            changes.Add(new StackChange(_target.Stacks.Required(to, stack.Name), changed));

            void Put<T>(StackSlot slot, ComponentSection<T> source, ComponentSection<T> target)
                where T : class
            {
                if (slot.Get(stack) is not { } wanted)
                {
                    return;
                }

                if (source.Find(from, wanted) is not { } component)
                {
                    throw StackErrors.Dangling(stack, slot);
                }

                var name = source.RequiredName(from, wanted);
                if (target.Merge(to, name, component, force))
                {
                    changed.Add($"{slot.Words} {name}");
                }

                slot.Set(stack, name);
            }
        }

        return changes;
    }

    /// <summary>Puts another form of each place into the document; what has another form than text is found by whoever reads it.</summary>
    private static void Relocate(JObject document, Func<string, string> relocate)
    {
        var components = StackSections.Placed.Select(section => document[section]).OfType<JObject>()
            .SelectMany(section => section.PropertyValues());
        foreach (var component in components.OfType<JObject>())
        {
            if (component["uri"] is JValue { Value: string place } uri)
            {
                uri.Value = relocate(place);
            }
        }
    }
}
