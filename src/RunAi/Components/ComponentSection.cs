using Newtonsoft.Json.Linq;
using RunAi.Configuration;
using RunAi.Operators;

namespace RunAi.Components;

/// <summary>One section of the configuration file: named components of one kind. Names are compared without regard to case.</summary>
internal sealed class ComponentSection<T>
    where T : class
{
    private readonly ConfigurationFile _file;
    private readonly ComponentKind<T> _kind;

    public ComponentSection(ConfigurationFile file, ComponentKind<T> kind)
    {
        _file = file;
        _kind = kind;
    }

    /// <summary>Registers a component; with <paramref name="force"/> in place of the one that has its name.</summary>
    /// <exception cref="ConfigurationException">The name is taken, or the file cannot be used.</exception>
    public Task<T> RegisterAsync(string name, T one, bool force, CancellationToken ct) => _file.UpdateAsync(
        root =>
        {
            if (root[_kind.Section] is null or { Type: JTokenType.Null })
            {
                root[_kind.Section] = new JObject();
            }

            var section = Section(root)!;
            var entry = Entry(section, name);
            if (entry is not null && !force)
            {
                throw Exists(entry.Name);
            }

            var json = entry is null ? new JObject() : Body(entry);
            _kind.Write(one, json);
            entry?.Remove();
            section[name] = json;
            return one;
        },
        ct);

    /// <summary>Makes sure a name can be registered, so that nothing else is done for one that cannot.</summary>
    public void EnsureFree(string name, bool force)
    {
        if (!force && Section(_file.Read()) is { } section && Entry(section, name) is { } entry)
        {
            throw Exists(entry.Name);
        }
    }

    /// <summary>Forgets the component of that name and returns it as it was.</summary>
    /// <exception cref="ConfigurationException">There is none, or the file cannot be used.</exception>
    public Task<T> UnregisterAsync(string name, CancellationToken ct) => _file.UpdateAsync(
        root =>
        {
            var entry = Required(root, name);
            var one = _kind.Read(entry.Name, Body(entry), _file.Faults);
            entry.Remove();
            return one;
        },
        ct);

    /// <summary>The components whose names match a pattern with <c>*</c> and <c>?</c>, by name; none is no error.</summary>
    public IReadOnlyList<T> Get(string pattern = "*") =>
        [.. Entries(_file.Read())
            .Where(entry => NamePattern.Matches(pattern, entry.Name))
            .OrderBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase)
            .Select(entry => _kind.Read(entry.Name, Body(entry), _file.Faults))];

    /// <summary>The component of that name.</summary>
    /// <exception cref="ConfigurationException">There is none.</exception>
    public T Resolve(string name)
    {
        var entry = Required(_file.Read(), name);
        return _kind.Read(entry.Name, Body(entry), _file.Faults);
    }

    /// <summary>The failure of a look-up by exact name.</summary>
    public ConfigurationException NotFound(string name) => NotFound(name, [.. Entries(_file.Read()).Select(e => e.Name)]);

    private ConfigurationException NotFound(string name, IReadOnlyCollection<string> registered)
    {
        var meant = NearestName.Of(name, registered) is { } nearest ? $" Did you mean '{nearest}'?" : "";
        var there = registered.Count == 0
            ? "None is registered."
            : "Registered: " + string.Join(", ", registered.OrderBy(n => n, StringComparer.OrdinalIgnoreCase)) + ".";
        return new ConfigurationException(
            _kind.NotFoundId, $"No {_kind.Words} is named '{name}'.{meant} {there} Register one with: {string.Format(System.Globalization.CultureInfo.InvariantCulture, _kind.HowToRegister, name)}")
        {
            Target = name,
        };
    }

    private ConfigurationException Exists(string name) => new(
        _kind.ExistsId, $"The name '{name}' is taken by another {_kind.Words}. Replace it with -Force, or take another name.")
    {
        Target = name,
    };

    private JProperty Required(JObject root, string name) =>
        Section(root) is { } section && Entry(section, name) is { } entry ? entry : throw NotFound(name, [.. Entries(root).Select(e => e.Name)]);

    private IEnumerable<JProperty> Entries(JObject root) => Section(root)?.Properties() ?? [];

    private static JProperty? Entry(JObject section, string name) => section.Property(name, StringComparison.OrdinalIgnoreCase);

    private JObject Body(JProperty entry) =>
        entry.Value as JObject ?? throw _file.Faults.Wrong(entry.Value, $"an object with the {_kind.Words}'s fields");

    private JObject? Section(JObject root) => root[_kind.Section] switch
    {
        null or { Type: JTokenType.Null } => null,
        JObject section => section,
        var other => throw _file.Faults.Wrong(other, $"an object with a field for each {_kind.Words}"),
    };
}
