using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using RunAi.Json;
using RunAi.Wording;

namespace RunAi.Steps.Documents;

/// <summary>
/// A step as a table of plain values, for a file that is committed beside the code: keys are the parameters of <c>New-RunAiStep</c>, what
/// is not set is not there, and folders and files below the document's folder are relative to it.
/// </summary>
internal static class StepDocument
{
    // Not the default one: a script can change the global settings that it takes.
    private static readonly JsonSerializer Serializer = JsonSerializer.Create();

    /// <summary>The table of a step.</summary>
    /// <exception cref="StepSettingsException">The step holds what lives in the session alone: a script block, or a run that has no one
    /// output.</exception>
    public static OrderedDictionary Write(Step step, string folder)
    {
        if (step.Script is not null)
        {
            StepSettingsValidation.Throw(ErrorIds.InvalidStep, [new Violation("ScriptBlock",
                "cannot be written: its variables live in this session. Put the script into a file below -Source, and start it with "
                + "-Command pwsh, -File, FILE.")]);
        }

        var places = new DocumentPaths(folder);
        var violations = new List<Violation>();
        var table = new OrderedDictionary();
        foreach (StepField field in StepField.All)
        {
            var value = field.Name == nameof(Step.Input) ? Inputs(step.Input, places, violations) : field.Get(step);
            if (Plain(field.IsPlace && value is string text ? Place(field, places, text) : value) is { } plain)
            {
                table[field.Name] = plain;
            }
        }

        StepSettingsValidation.Throw(ErrorIds.InvalidStep, violations);
        return table;
    }

    /// <summary>The step of a table.</summary>
    /// <exception cref="StepSettingsException">A key is not known, or the step or its settings break rules; all are listed.</exception>
    public static Step Read(IDictionary table, string folder)
    {
        var places = new DocumentPaths(folder);
        var violations = new List<Violation>();
        var step = new Step();
        foreach (DictionaryEntry entry in table)
        {
            var key = Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "";
            if (StepField.All.FirstOrDefault(field => SettingKeys.Same(field.Name, key)) is not { } stepField)
            {
                violations.Add(
                    new Violation(key, $"is not part of a step. {Suggestion.For(key, [.. StepField.All.Select(field => field.Name)])}"));
            }
            else if (entry.Value is { } raw && Value(stepField, raw, places, violations) is { } value)
            {
                stepField.Set(step, value);
            }
        }

        StepSettingsValidation.Throw(ErrorIds.InvalidStep, violations);
        StepValidation.ThrowIfInvalid(step);
        return step;
    }

    /// <summary>A table as JSON.</summary>
    public static string ToJson(IDictionary table) => StrictJson.Write(JObject.FromObject(table, Serializer));

    /// <summary>The table of a JSON text.</summary>
    /// <exception cref="RunAiException"><see cref="ErrorIds.InvalidStepDocument"/>: it is no JSON object.</exception>
    public static IDictionary OfJson(string text)
    {
        try
        {
            return PlainJson.Of(JObject.Parse(text));
        }
        catch (JsonException e)
        {
            throw new RunAiException(ErrorIds.InvalidStepDocument, $"The file holds no JSON object: {e.Message}", e);
        }
    }

    private static object? Plain(object? value) => value switch
    {
        null or "" or false => null,
        StepSettings settings => settings.ToDictionary() is { Count: > 0 } table ? table : null,
        ICollection { Count: 0 } => null,
        IDictionary unsorted => InOrder(unsorted),
        _ => value,
    };

    /// <summary>
    /// A table sorted by its keys, so that the same step always gives the same file: a data file is read without an order.
    /// </summary>
    private static OrderedDictionary InOrder(IDictionary table)
    {
        var ordered = new OrderedDictionary();
        foreach (DictionaryEntry entry in table.Entries().OrderBy(
            entry => Convert.ToString(entry.Key, CultureInfo.InvariantCulture), StringComparer.Ordinal))
        {
            ordered[entry.Key] = entry.Value is IDictionary inner ? InOrder(inner) : entry.Value;
        }

        return ordered;
    }

    private static object? Value(StepField field, object raw, DocumentPaths places, List<Violation> violations)
    {
        if (field.Kind is not (null or StepSettingKind.Group))
        {
            var value = SettingValue.Read(field.Kind.Value, raw, out var flaw);
            if (value is null)
            {
                violations.Add(new Violation(field.Name, flaw));
            }

            return field.IsPlace && value is string text
                ? field.Name == nameof(Step.Source) ? places.Full(text) : places.FullImage(text)
                : value;
        }

        if (SettingValue.Dictionary(raw) is not { } table)
        {
            violations.Add(new Violation(field.Name, "is not a table."));
            return null;
        }

        return field.Kind is StepSettingKind.Group ? SettingGroupReader.Read(StepSettingsSchema.Table, table, field.Name + ".", violations)
            : field.IsPlace ? Inputs(table, places)
            : table;
    }

    private static string Place(StepField field, DocumentPaths places, string text) =>
        field.Name == nameof(Step.Source) ? places.Short(text) : places.ShortImage(text);

    private static OrderedDictionary Inputs(IDictionary inputs, DocumentPaths places, List<Violation> violations)
    {
        var table = new OrderedDictionary();
        foreach (StepInput input in StepDataReader.Inputs(inputs, violations))
        {
            table[input.Name] = input.Artifact is { } artifact
                ? new OrderedDictionary
                {
                    ["Name"] = artifact.Name,
                    ["Uri"] = artifact.Uri,
                    ["Digest"] = artifact.Digest,
                    ["Size"] = artifact.Size,
                    ["MediaType"] = artifact.MediaType,
                    ["FileName"] = artifact.FileName,
                }
                : places.Short(input.Path!);
        }

        return table;
    }

    private static OrderedDictionary Inputs(IDictionary table, DocumentPaths places)
    {
        var inputs = new OrderedDictionary();
        foreach (DictionaryEntry entry in InOrder(table))
        {
            inputs[entry.Key] = entry.Value switch
            {
                string path when path.Length > 0 => places.Full(path),
                IDictionary artifact => Artifact(artifact),
                var other => other,
            };
        }

        return inputs;
    }

    private static Artifact Artifact(IDictionary table)
    {
        string Text(string key) =>
            table.Entries().Where(entry => string.Equals(entry.Key as string, key, StringComparison.OrdinalIgnoreCase))
                .Select(entry => Convert.ToString(entry.Value, CultureInfo.InvariantCulture)).FirstOrDefault() ?? "";
        return new Artifact
        {
            Name = Text("Name"),
            Uri = Text("Uri"),
            Digest = Text("Digest"),
            Size = long.TryParse(Text("Size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0,
            MediaType = Text("MediaType"),
            FileName = Text("FileName"),
        };
    }
}
