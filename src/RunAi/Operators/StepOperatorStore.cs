using Newtonsoft.Json.Linq;
using RunAi.Configuration;

namespace RunAi.Operators;

/// <summary>The step operators registered in a configuration file. Names are compared without regard to case.</summary>
internal sealed class StepOperatorStore
{
    private const string Section = "stepOperators";
    private readonly ConfigurationFile _file;

    public StepOperatorStore(ConfigurationFile file) => _file = file;

    /// <summary>Registers an operator; with <paramref name="force"/> in place of the one that has its name.</summary>
    /// <exception cref="StepSettingsException">It breaks a rule.</exception>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.StepOperatorExists"/>, or the file cannot be used.</exception>
    public Task<StepOperator> RegisterAsync(StepOperator one, bool force, CancellationToken cancellationToken)
    {
        StepOperatorValidation.Check(one);
        return _file.UpdateAsync(
            root =>
            {
                var section = SectionOf(root, create: true)!;
                var entry = Entry(section, one.Name);
                if (entry is not null && !force)
                {
                    throw StepOperatorFaults.Exists(entry.Name);
                }

                var json = entry is null ? new JObject() : Body(entry);
                StepOperatorJson.Write(one, json);
                Put(section, entry, one.Name, json);
                return one;
            },
            cancellationToken);
    }

    /// <summary>Makes sure a name can be registered, so that nothing else is done for one that cannot.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.StepOperatorExists"/>, or the file cannot be read.</exception>
    public void EnsureFree(string name, bool force)
    {
        if (!force && SectionOf(_file.Read(), create: false) is { } section && Entry(section, name) is { } entry)
        {
            throw StepOperatorFaults.Exists(entry.Name);
        }
    }

    /// <summary>The failure of a look-up by exact name.</summary>
    public ConfigurationException NotFound(string name) => StepOperatorFaults.NotFound(name, Names([.. Entries(_file.Read())]));

    /// <summary>Changes the operator of that name and keeps everything the change does not touch.</summary>
    /// <exception cref="StepSettingsException">It would break a rule; nothing is changed.</exception>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.StepOperatorNotFound"/>, or the file cannot be used.</exception>
    public Task<StepOperator> SetAsync(string name, Action<StepOperator> change, CancellationToken cancellationToken) =>
        _file.UpdateAsync(
            root =>
            {
                var entry = Required(root, name);
                var one = Read(entry);
                change(one);
                one.Name = entry.Name;
                StepOperatorValidation.Check(one);
                StepOperatorJson.Write(one, Body(entry));
                return one;
            },
            cancellationToken);

    /// <summary>Forgets the operator of that name and returns it as it was.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.StepOperatorNotFound"/>, or the file cannot be used.</exception>
    public Task<StepOperator> UnregisterAsync(string name, CancellationToken cancellationToken) =>
        _file.UpdateAsync(
            root =>
            {
                var entry = Required(root, name);
                var one = Read(entry);
                entry.Remove();
                return one;
            },
            cancellationToken);

    /// <summary>The operators whose names match a pattern with <c>*</c> and <c>?</c>, by name; none is no error.</summary>
    public IReadOnlyList<StepOperator> Get(string pattern = "*") =>
        Entries(_file.Read())
            .Where(entry => NamePattern.Matches(pattern, entry.Name))
            .OrderBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase)
            .Select(Read)
            .ToArray();

    /// <summary>The operator of that name, or for null the only one registered; checked against the rules.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.StepOperatorNotFound"/>: no such one, or not exactly one.</exception>
    /// <exception cref="StepSettingsException">The file was edited and the operator breaks a rule.</exception>
    public StepOperator Resolve(string? name)
    {
        var root = _file.Read();
        var entries = Entries(root).ToArray();
        var entry = name is not null ? Required(root, name)
            : entries.Length == 1 ? entries[0]
            : throw StepOperatorFaults.NotOne(Names(entries));
        var one = Read(entry);
        StepOperatorValidation.Check(one);
        return one;
    }

    private static void Put(JObject section, JProperty? entry, string name, JObject json)
    {
        if (entry is null)
        {
            section[name] = json;
        }
        else if (entry.Name != name)
        {
            entry.Replace(new JProperty(name, json));
        }
    }

    private JProperty Required(JObject root, string name)
    {
        var entries = Entries(root).ToArray();
        return SectionOf(root, create: false) is { } section && Entry(section, name) is { } entry
            ? entry
            : throw StepOperatorFaults.NotFound(name, Names(entries));
    }

    private IEnumerable<JProperty> Entries(JObject root) => SectionOf(root, create: false)?.Properties() ?? [];

    private static JProperty? Entry(JObject section, string name) => section.Property(name, StringComparison.OrdinalIgnoreCase);

    private static string[] Names(IEnumerable<JProperty> entries) => entries.Select(entry => entry.Name).ToArray();

    private StepOperator Read(JProperty entry) => StepOperatorJson.Read(entry.Name, Body(entry), _file.Faults);

    private JObject Body(JProperty entry) =>
        entry.Value as JObject ?? throw _file.Faults.Wrong(entry.Value, "an object with the step operator's fields");

    private JObject? SectionOf(JObject root, bool create)
    {
        var section = root[Section];
        if (section is null or { Type: JTokenType.Null })
        {
            return create ? (JObject)(root[Section] = new JObject()) : null;
        }

        return section as JObject ?? throw _file.Faults.Wrong(section, "an object with a field for each step operator");
    }
}
