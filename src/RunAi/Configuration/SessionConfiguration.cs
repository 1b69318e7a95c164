using Newtonsoft.Json.Linq;
using RunAi.Secrets;

namespace RunAi.Configuration;

/// <summary>
/// What a session has registered for itself: it lies over the configuration file, in which nothing of it is written. A component of the
/// session takes the place of one of the file that has its name, and so does the active stack.
/// </summary>
internal sealed class SessionConfiguration
{
    private readonly object _gate = new();
    private JObject _root = new();

    /// <summary>The secrets that were given as values.</summary>
    public SessionSecrets Secrets { get; } = new();

    /// <summary>True while the session has registered nothing.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return !_root.HasValues;
            }
        }
    }

    /// <summary>A copy that is changed in its place until <see cref="Take"/>.</summary>
    public SessionConfiguration Draft()
    {
        lock (_gate)
        {
            return new SessionConfiguration { _root = (JObject)_root.DeepClone() };
        }
    }

    /// <summary>Takes over what a draft has become.</summary>
    public void Take(SessionConfiguration draft)
    {
        lock (_gate)
        {
            _root = draft._root;
        }
    }

    /// <summary>A configuration that was read, with what the session has over it.</summary>
    public JObject Over(JObject file)
    {
        lock (_gate)
        {
            var merged = (JObject)file.DeepClone();
            foreach (var own in _root.Properties())
            {
                if (own.Value is not JObject section)
                {
                    merged[own.Name] = own.Value.DeepClone();
                    continue;
                }

                var target = Section(merged, own.Name);
                foreach (var entry in section.Properties())
                {
                    target.Property(entry.Name, StringComparison.OrdinalIgnoreCase)?.Remove();
                    target[entry.Name] = entry.Value.DeepClone();
                }
            }

            return merged;
        }
    }

    /// <summary>Applies what a change did to a merged configuration, without the file.</summary>
    /// <param name="file">The file's part.</param>
    /// <param name="merged">What was merged, after the change.</param>
    public void Keep(JObject file, JObject merged)
    {
        lock (_gate)
        {
            foreach (var property in merged.Properties())
            {
                if (property.Value is JObject section)
                {
                    var before = file[property.Name];
                    foreach (var entry in section.Properties())
                    {
                        if (Owns(property.Name, entry.Name) || !JToken.DeepEquals(before?[entry.Name], entry.Value))
                        {
                            Put(property.Name, entry.Name, entry.Value);
                        }
                    }
                }
                else if (!JToken.DeepEquals(file[property.Name], property.Value))
                {
                    _root[property.Name] = property.Value.DeepClone();
                }
            }

            ForgetRemoved(merged);
        }
    }

    /// <summary>
    /// Shares out what a change did to a merged configuration: to the session what was the session's, the rest to the file.
    /// </summary>
    /// <param name="file">The file's part, which is changed.</param>
    /// <param name="merged">What was merged, after the change.</param>
    /// <param name="before">What was merged, before it.</param>
    /// <param name="movesToFile">True when what was changed goes to the file in any case.</param>
    public void Share(JObject file, JObject merged, JObject before, bool movesToFile)
    {
        lock (_gate)
        {
            foreach (var property in merged.Properties())
            {
                if (property.Value is JObject section)
                {
                    ShareSection(file, property.Name, section, before[property.Name] as JObject, movesToFile);
                }
                else if (!JToken.DeepEquals(before[property.Name], property.Value))
                {
                    ShareValue(file, property);
                }
            }

            foreach (var gone in before.Properties().Where(property => property.Value is not JObject && merged[property.Name] is null))
            {
                if (!_root.Remove(gone.Name))
                {
                    file.Remove(gone.Name);
                }
            }

            ForgetRemoved(merged);
        }
    }

    private void ShareSection(JObject file, string name, JObject section, JObject? before, bool movesToFile)
    {
        foreach (var entry in section.Properties().Where(entry => !JToken.DeepEquals(before?[entry.Name], entry.Value)))
        {
            if (Owns(name, entry.Name) && !movesToFile)
            {
                Put(name, entry.Name, entry.Value);
                continue;
            }

            Forget(name, entry.Name);
            var target = Section(file, name);
            target.Property(entry.Name, StringComparison.OrdinalIgnoreCase)?.Remove();
            target[entry.Name] = entry.Value.DeepClone();
        }

        foreach (var entry in before?.Properties() ?? [])
        {
            if (Entry(section, entry.Name) is null && !Owns(name, entry.Name))
            {
                Entry(file[name], entry.Name)?.Remove();
            }
        }
    }

    /// <summary>A single value, such as the active stack: a component of the session is named in the session alone.</summary>
    private void ShareValue(JObject file, JProperty property)
    {
        var name = property.Value.Type == JTokenType.String ? (string?)property.Value : null;
        if (name is not null && _root.Properties().Any(section => section.Value is JObject && Owns(section.Name, name)))
        {
            _root[property.Name] = property.Value.DeepClone();
            return;
        }

        _root.Remove(property.Name);
        file[property.Name] = property.Value.DeepClone();
    }

    private void ForgetRemoved(JObject merged)
    {
        foreach (var section in _root.Properties().ToList())
        {
            if (section.Value is JObject own)
            {
                foreach (var gone in own.Properties().Where(entry => Entry(merged[section.Name], entry.Name) is null).ToList())
                {
                    gone.Remove();
                }
            }

            if (section.Value is JObject { HasValues: false } || (section.Value is not JObject && merged[section.Name] is null))
            {
                section.Remove();
            }
        }
    }

    private bool Owns(string section, string name) => Entry(_root[section], name) is not null;

    private void Put(string section, string name, JToken value)
    {
        Forget(section, name);
        Section(_root, section)[name] = value.DeepClone();
    }

    private void Forget(string section, string name) => Entry(_root[section], name)?.Remove();

    /// <summary>An entry of a section, whatever the case of its name; null when there is none.</summary>
    private static JProperty? Entry(JToken? section, string name) =>
        (section as JObject)?.Property(name, StringComparison.OrdinalIgnoreCase);

    private static JObject Section(JObject root, string name)
    {
        if (root[name] is JObject there)
        {
            return there;
        }

        var created = new JObject();
        root[name] = created;
        return created;
    }
}
