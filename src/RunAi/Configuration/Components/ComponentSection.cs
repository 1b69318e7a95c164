using Newtonsoft.Json.Linq;
using RunAi.Wording;

namespace RunAi.Configuration;

/// <summary>
/// One section of the configuration file: named components of one kind. Names are compared without regard to case. What takes a
/// <c>root</c> works on a configuration that was read, so that several sections can be changed in one write.
/// </summary>
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

    /// <summary>The kind as messages name it.</summary>
    public string Words => _kind.Words;

    /// <summary>Registers a component; with <paramref name="force"/> in place of the one that has its name.</summary>
    /// <exception cref="ConfigurationException">The name is taken, or the file cannot be used.</exception>
    public Task<T> RegisterAsync(string name, T component, bool force, CancellationToken ct) =>
        _file.UpdateAsync(root => Register(root, name, component, force), ct);

    /// <summary>Changes the component of that name and keeps everything the change does not touch.</summary>
    /// <exception cref="ConfigurationException">There is none, or the file cannot be used.</exception>
    public Task<T> SetAsync(string name, Action<T> change, CancellationToken ct) =>
        _file.UpdateAsync(root => Set(root, name, change), ct);

    /// <summary>Forgets the component of that name and returns it as it was.</summary>
    /// <exception cref="ConfigurationException">There is none, or the file cannot be used.</exception>
    public Task<T> UnregisterAsync(string name, CancellationToken ct) => _file.UpdateAsync(
        root =>
        {
            var component = Required(root, name);
            Unregister(root, name);
            return component;
        },
        ct);

    /// <summary>Makes sure a name can be registered, so that nothing else is done for one that cannot.</summary>
    public void EnsureFree(string name, bool force)
    {
        if (!force && Entry(_file.Read(), name) is { } entry)
        {
            throw Exists(entry.Name);
        }
    }

    /// <summary>The components whose names match a pattern with <c>*</c> and <c>?</c>, by name; none is no error.</summary>
    public IReadOnlyList<T> Get(string pattern = "*") => Get(_file.Read(), pattern);

    public IReadOnlyList<T> Get(JObject root, string pattern = "*") =>
        [.. Entries(root)
            .Where(entry => NamePattern.Matches(pattern, entry.Name))
            .OrderBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase)
            .Select(Read)];

    /// <summary>The component of that name.</summary>
    /// <exception cref="ConfigurationException">There is none.</exception>
    public T Resolve(string name) => Required(_file.Read(), name);

    public T Required(JObject root, string name) => Read(RequiredEntry(root, name));

    /// <summary>
    /// The component of that name, checked against the rules since the file may have been edited; null when there is none.
    /// </summary>
    public T? Find(JObject root, string name)
    {
        if (Entry(root, name) is not { } entry)
        {
            return null;
        }

        var component = Read(entry);
        _kind.Check(component);
        return component;
    }

    /// <summary>The name of a component as it is registered.</summary>
    public string RequiredName(JObject root, string name) => RequiredEntry(root, name).Name;

    /// <summary>Forgets the component of that name.</summary>
    /// <returns>Its name as it was registered.</returns>
    public string Unregister(JObject root, string name)
    {
        var entry = RequiredEntry(root, name);
        entry.Remove();
        return entry.Name;
    }

    /// <summary>The names in the section, in its order.</summary>
    public IReadOnlyList<string> Names(JObject root) => [.. Entries(root).Select(entry => entry.Name)];

    public T Register(JObject root, string name, T component, bool force)
    {
        _kind.Check(component);
        var entry = Entry(root, name);
        if (entry is not null && !force)
        {
            throw Exists(entry.Name);
        }

        var json = entry is null ? new JObject() : Body(entry);
        _kind.Write(component, json);
        if (entry is null)
        {
            Created(root)[name] = json;
        }
        else if (entry.Name != name)
        {
            entry.Replace(new JProperty(name, json));
        }

        return component;
    }

    /// <summary>Registers a component that may be there already; one with the same content stays as it is.</summary>
    /// <returns>True when something was changed.</returns>
    /// <exception cref="ConfigurationException">One with other content has the name, and it is not forced.</exception>
    public bool Merge(JObject root, string name, T component, bool force)
    {
        _kind.Check(component);
        if (Entry(root, name) is { } entry && JToken.DeepEquals(Written(Read(entry)), Written(component)))
        {
            return false;
        }

        Register(root, name, component, force);
        return true;
    }

    /// <summary>The failure of a look-up by exact name.</summary>
    public ConfigurationException NotFound(string name) => NotFound(name, Names(_file.Read()));

    private T Set(JObject root, string name, Action<T> change)
    {
        var entry = RequiredEntry(root, name);
        var component = Read(entry);
        change(component);
        _kind.Check(component);
        _kind.Write(component, Body(entry));
        return component;
    }

    private ConfigurationException NotFound(string name, IReadOnlyCollection<string> registered)
    {
        var meant = NearestName.Of(name, registered) is { } nearest ? $" Did you mean '{nearest}'?" : "";
        var there = registered.Count == 0
            ? "None is registered."
            : "Registered: " + string.Join(", ", registered.OrderBy(n => n, StringComparer.OrdinalIgnoreCase)) + ".";
        var register = _kind.HowToRegister.Replace("{0}", name);
        return new ConfigurationException(
            _kind.NotFoundId, $"No {_kind.Words} is named '{name}'.{meant} {there} Register one with: {register}")
        {
            Target = name,
        };
    }

    private ConfigurationException Exists(string name) => _kind.Exists?.Invoke(name) ?? new ConfigurationException(
        _kind.ExistsId, $"The name '{name}' is taken by another {_kind.Words}. Replace it with -Force, or take another name.")
    {
        Target = name,
    };

    private JObject Written(T component)
    {
        var json = new JObject();
        _kind.Write(component, json);
        return json;
    }

    private T Read(JProperty entry) => _kind.Read(entry.Name, Body(entry), _file.Faults);

    private JProperty RequiredEntry(JObject root, string name) => Entry(root, name) ?? throw NotFound(name, Names(root));

    private IEnumerable<JProperty> Entries(JObject root) => Section(root)?.Properties() ?? [];

    private JProperty? Entry(JObject root, string name) => Section(root)?.Property(name, StringComparison.OrdinalIgnoreCase);

    private JObject Body(JProperty entry) =>
        entry.Value as JObject ?? throw _file.Faults.Wrong(entry.Value, $"an object with the {_kind.Words}'s fields");

    private JObject Created(JObject root)
    {
        if (Section(root) is { } there)
        {
            return there;
        }

        var created = new JObject();
        root[_kind.Section] = created;
        return created;
    }

    private JObject? Section(JObject root) => root[_kind.Section] switch
    {
        null or { Type: JTokenType.Null } => null,
        JObject section => section,
        var other => throw _file.Faults.Wrong(other, $"an object with a field for each {_kind.Words}"),
    };
}
