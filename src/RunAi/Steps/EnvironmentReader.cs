using System.Collections;
using System.Collections.Specialized;
using System.Text.RegularExpressions;
using RunAi.Json;
using RunAi.Wording;

namespace RunAi.Steps;

/// <summary>Reads a step's environment. Values may be secret by mistake, so no message repeats one.</summary>
internal static class EnvironmentReader
{
    private const string Instead = "Everyone who can list workloads can read the value. Store it as a secret in the cluster and "
        + "write @{ secret = 'NAME'; key = 'KEY' } instead.";

    /// <summary>A control plane refuses longer values.</summary>
    private const int MostCharacters = 10_000;

    private static readonly Regex Name = new(@"\A[A-Za-z_][A-Za-z0-9_.-]*\z", RegexOptions.CultureInvariant);
    private static readonly Dictionary<string, string> Sources = new(StringComparer.OrdinalIgnoreCase)
    {
        ["secret"] = "secret",
        ["configMap"] = "configMap",
        ["userCredential"] = "userCredential",
        ["podField"] = "podFieldRef",
    };

    private static readonly string[] Keys = [.. Sources.Keys, "key", "value", "description", "exclude"];

    /// <summary>The variables in the order of an ordered dictionary, or sorted, so that the same step gives the same request.</summary>
    public static IReadOnlyList<EnvironmentEntry> Read(IDictionary environment, List<Violation> violations)
    {
        IEnumerable<DictionaryEntry> entries = environment.Entries();
        if (environment is not IOrderedDictionary)
        {
            entries = entries.OrderBy(entry => Text(entry.Key), StringComparer.Ordinal);
        }

        var variables = new List<EnvironmentEntry>();
        foreach (DictionaryEntry entry in entries)
        {
            var name = Text(entry.Key);
            var field = $"Environment.{name}";
            if (!Name.IsMatch(name))
            {
                violations.Add(new Violation(field,
                    "is no name of a variable: a letter or '_', then letters, digits, '_', '.' and '-'."));
            }
            else if (name == RunManifest.Manifest.AddressVariable)
            {
                violations.Add(new Violation(field, "is the step runner's own variable. Take another name."));
            }

            EnvironmentEntry variable = entry.Value is IDictionary reference
                ? Reference(name, field, reference, violations)
                : new EnvironmentEntry(name, Value(field, entry.Value, violations));
            variables.Add(variable);
        }

        return variables;
    }

    private static string Value(string field, object? raw, List<Violation> violations)
    {
        if (raw is not IConvertible)
        {
            violations.Add(new Violation(field, raw is null
                ? "has no value. Write '' for an empty one."
                : $"is a {raw.GetType().Name}, not a text. {Instead}"));
            return "";
        }

        var value = Text(raw);
        if (Placeholder.Reserved(value) is { } word)
        {
            violations.Add(new Violation(field, Placeholder.NotInEnvironment(word)));
        }

        if (Placeholder.HoldsSecretReference(value))
        {
            violations.Add(new Violation(field, $"holds a secret reference. {Instead}"));
        }

        if (UnexpandedVariable.Flaw(value) is { } flaw)
        {
            violations.Add(new Violation(field, flaw));
        }

        if (value.Length > MostCharacters)
        {
            violations.Add(new Violation(
                field,
                FormattableString.Invariant($"has {value.Length} characters, and Run:ai takes {MostCharacters} at most. ")
                + "Put it into a file of the step's source or an input, or into a config map of the cluster: "
                + "@{ configMap = 'NAME'; key = 'KEY' }."));
        }

        violations.AddRange(WireText.Flaws(value).Select(wrong => new Violation(field, wrong)));
        return value;
    }

    private static EnvironmentEntry Reference(string name, string field, IDictionary reference, List<Violation> violations)
    {
        var given = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in reference)
        {
            given[Text(entry.Key)] = entry.Value is IConvertible ? Text(entry.Value) : "";
        }

        violations.AddRange(given.Keys
            .Where(key => !Keys.Contains(key, StringComparer.OrdinalIgnoreCase))
            .Select(key => new Violation(field, $"'{key}' is no part of a reference. {Suggestion.For(key, Keys)}")));
        var excluded = given.TryGetValue("exclude", out var flag) && bool.TryParse(flag, out var exclude) && exclude;
        EnvironmentEntry variable = excluded && given.Count == 1 ? new EnvironmentEntry(name, null)
            : given.ContainsKey("value") && !Sources.Keys.Any(given.ContainsKey)
                ? new EnvironmentEntry(name, Value(field, reference.Entries()
                    .First(entry => string.Equals(Text(entry.Key), "value", StringComparison.OrdinalIgnoreCase)).Value, violations))
                : Source(name, field, given, violations);
        return variable with { Description = given.TryGetValue("description", out var text) ? text : null, Exclude = excluded };
    }

    private static EnvironmentEntry Source(string name, string field, Dictionary<string, string> given, List<Violation> violations)
    {
        string[] kinds = [.. Sources.Keys.Where(given.ContainsKey)];
        if (kinds.Length != 1 || given.ContainsKey("value"))
        {
            violations.Add(new Violation(field, "names no source, or several. Name one: @{ secret = 'NAME'; key = 'KEY' }, "
                + "or configMap or userCredential in its place, or @{ podField = 'metadata.name' }."));
            return new EnvironmentEntry(name, "");
        }

        var kind = kinds[0];
        var target = given[kind];
        var key = given.TryGetValue("key", out var text) ? text : null;
        if (string.IsNullOrEmpty(target) || (kind is "secret" or "configMap" && !KubernetesName.IsDnsLabel(target)))
        {
            violations.Add(new Violation(field, $"{kind} '{target}' is no name of one."
                + (kind is "secret" or "configMap" ? " It has lower case letters, digits and dashes." : "")));
        }

        if (kind == "podField" ? key is not null : string.IsNullOrEmpty(key))
        {
            violations.Add(new Violation(field, kind == "podField" ? "a podField has no key." : $"the {kind} '{target}' needs a key."));
        }

        return new EnvironmentEntry(name, null, Sources[kind], target, key);
    }

    private static string Text(object? value) => InvariantText.Of(value);
}
