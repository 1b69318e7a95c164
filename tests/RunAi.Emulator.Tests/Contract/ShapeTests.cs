using Microsoft.OpenApi.Any;
using Microsoft.OpenApi.Models;
using RunAi.Emulator.Shapes;

namespace RunAi.Emulator.Tests.Contract;

/// <summary>The shapes that requests are held to are the document's, field by field.</summary>
public class ShapeTests
{
    [SkippableFact]
    public void TrainingShape_Always_IsTheDocuments() =>
        Assert.Empty(Compare("", Request("/api/v1/workloads/trainings", OperationType.Post), TrainingShape.Request));

    [SkippableFact]
    public void DistributedShape_Always_IsTheDocuments() =>
        Assert.Empty(Compare("", Request("/api/v1/workloads/distributed", OperationType.Post), DistributedShape.Request));

    [SkippableFact]
    public void TemplateShape_Always_IsTheDocuments() =>
        Assert.Empty(Compare("", Request("/api/v1/workload-templates/trainings", OperationType.Post), TemplateShape.Request));

    [SkippableFact]
    public void PolicyShape_Always_TakesWhatTheDocumentHas()
    {
        // The derived shape may know more (attributes of every item field), never less.
        var differences = Compare("", Request("/api/v2/policy/trainings", OperationType.Put), PolicyShape.Request);

        Assert.Equal([], differences.Where(difference => difference.EndsWith("is missing", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public void PolicyShapeOfDistributedTrainings_Always_TakesWhatTheDocumentHas()
    {
        var differences = Compare("", Request("/api/v2/policy/distributed", OperationType.Put), PolicyShape.Distributed);

        Assert.Equal([], differences.Where(difference => difference.EndsWith("is missing", StringComparison.Ordinal)));
    }

    private static OpenApiSchema Request(string path, OperationType verb) =>
        ContractDocument.Need().Paths[path].Operations[verb].RequestBody.Content["application/json"].Schema;

    private static IEnumerable<string> Compare(string path, OpenApiSchema schema, Shape shape)
    {
        var parts = Parts(schema).ToList();
        if (parts.Exists(part => part.Nullable) != shape.Nullable && path.Length > 0)
        {
            yield return $"{path}: nullable";
        }

        var properties = parts.SelectMany(part => part.Properties).DistinctBy(entry => entry.Key).ToDictionary();
        var differences = shape switch
        {
            ObjectShape known => Properties(path, parts, properties, known),
            ListShape list => schema.Items is null ? [$"{path}: no list"] : Compare(path + "[]", schema.Items, list.Item),
            TextShape text => Text(path, parts[^1], text),
            NumberShape number => Number(path, parts[^1], number),
            _ => parts[^1].Type == "boolean" ? [] : [$"{path}: {parts[^1].Type}"],
        };
        foreach (var difference in differences)
        {
            yield return difference;
        }
    }

    private static IEnumerable<string> Properties(
        string path, List<OpenApiSchema> parts, Dictionary<string, OpenApiSchema> properties, ObjectShape known)
    {
        if (!known.Required.SetEquals(parts.SelectMany(part => part.Required)) && path.Length == 0)
        {
            yield return $"{path}: required";
        }

        foreach (var name in known.Properties.Keys.Except(properties.Keys))
        {
            yield return $"{path}.{name} is too much";
        }

        foreach (var (name, property) in properties)
        {
            if (!known.Properties.TryGetValue(name, out var shape))
            {
                yield return $"{path}.{name} is missing";
            }
            else
            {
                foreach (var difference in Compare($"{path}.{name}", property, shape))
                {
                    yield return difference;
                }
            }
        }
    }

    private static IEnumerable<string> Text(string path, OpenApiSchema schema, TextShape text)
    {
        if (schema.Type != "string")
        {
            yield return $"{path}: {schema.Type}";
        }

        if (schema.Pattern != text.Pattern)
        {
            yield return $"{path}: pattern {schema.Pattern}";
        }

        var values = schema.Enum.OfType<OpenApiString>().Select(value => value.Value).ToList();
        if (!values.SequenceEqual(text.Values ?? []))
        {
            yield return $"{path}: {string.Join(',', values)}";
        }

        if (values.Count == 0 && (schema.MinLength != text.MinLength || schema.MaxLength != text.MaxLength))
        {
            yield return $"{path}: length";
        }

        if (schema.Format is not ("hostname" or null) && schema.Format != text.Format)
        {
            yield return $"{path}: {schema.Format}";
        }
    }

    private static IEnumerable<string> Number(string path, OpenApiSchema schema, NumberShape number)
    {
        if (schema.Type != (number.Whole ? "integer" : "number"))
        {
            yield return $"{path}: {schema.Type}";
        }

        if ((double?)schema.Minimum != number.Minimum || (double?)schema.Maximum != number.Maximum)
        {
            yield return $"{path}: bounds";
        }

        if (schema.Format != number.Format)
        {
            yield return $"{path}: {schema.Format}";
        }
    }

    private static IEnumerable<OpenApiSchema> Parts(OpenApiSchema schema) => schema.AllOf.SelectMany(Parts).Prepend(schema);
}
