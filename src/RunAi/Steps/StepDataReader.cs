using System.Collections;
using System.Collections.Specialized;
using System.Text.RegularExpressions;
using RunAi.Files;
using RunAi.Json;

namespace RunAi.Steps;

/// <summary>Reads and checks what a step reads and writes: its inputs and the names of its outputs.</summary>
internal static class StepDataReader
{
    private static readonly Regex Name = new(@"\A[A-Za-z][A-Za-z0-9_-]{0,62}\z", RegexOptions.CultureInvariant);

    /// <summary>The inputs in the order of an ordered dictionary, or sorted, so that the same step gives the same request.</summary>
    public static IReadOnlyList<StepInput> Inputs(IDictionary inputs, List<Violation> violations)
    {
        IEnumerable<DictionaryEntry> entries = inputs.Entries();
        if (inputs is not IOrderedDictionary)
        {
            entries = entries.OrderBy(entry => Text(entry.Key), StringComparer.Ordinal);
        }

        var read = new List<StepInput>();
        foreach (DictionaryEntry entry in entries)
        {
            var name = Text(entry.Key);
            CheckName($"Input.{name}", name, violations);
            if (Value(name, entry.Value, violations) is { } input)
            {
                read.Add(input);
            }
        }

        CheckTwins("Input", read.Select(input => input.Name), violations);
        return read;
    }

    /// <summary>Checks the names of outputs.</summary>
    public static void CheckOutputs(string[] outputs, List<Violation> violations)
    {
        foreach (var name in outputs)
        {
            CheckName("Output", name ?? "", violations);
        }

        CheckTwins("Output", outputs, violations);
    }

    private static void CheckName(string field, string name, List<Violation> violations)
    {
        if (!Name.IsMatch(name))
        {
            violations.Add(new Violation(field, $"'{name}' is no name of one: a letter, then at most 62 letters, digits, '_' and '-'."));
        }
    }

    /// <summary>Names that become the same environment variable are the same.</summary>
    private static void CheckTwins(string field, IEnumerable<string> names, List<Violation> violations) =>
        violations.AddRange(names
            .GroupBy(name => (name ?? "").Replace('-', '_'), StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Count() > 1)
            .Select(same => new Violation(
                field, $"{string.Join(" and ", same)} would be one variable in the container. Give each a name of its own.")));

    private static StepInput? Value(string name, object? value, List<Violation> violations)
    {
        var field = $"Input.{name}";
        switch (value)
        {
            case StepContent content:
                return new StepInput(name, null, null) { Content = content };
            case Artifact artifact:
                return new StepInput(name, null, artifact);
            case IStepInputSource source when source.AsInput(out var problem) is var single:
                if (single is not null)
                {
                    return new StepInput(name, null, single);
                }

                violations.Add(new Violation(field, problem));
                return null;
            case FileSystemInfo file:
                return OfPath(name, file.FullName, violations);
            case string path when !string.IsNullOrWhiteSpace(path):
                return OfPath(name, path, violations);
            default:
                violations.Add(new Violation(field, value is null or string
                    ? "is empty. Give the path of a file or folder, an artifact, or a run with one output."
                    : $"is a {value.GetType().Name}. Give the path of a file or folder, an artifact, or a run with one output."));
                return null;
        }
    }

    private static StepInput? OfPath(string name, string path, List<Violation> violations)
    {
        var full = FullPath.Of(path, ErrorIds.InvalidStep);
        if (File.Exists(full) || Directory.Exists(full))
        {
            return new StepInput(name, full, null);
        }

        violations.Add(new Violation($"Input.{name}", $"'{path}' is neither a file nor a folder."));
        return null;
    }

    private static string Text(object? value) => InvariantText.Of(value);
}
