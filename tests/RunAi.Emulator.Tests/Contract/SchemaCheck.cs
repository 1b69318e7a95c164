using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.OpenApi.Any;
using Microsoft.OpenApi.Models;

namespace RunAi.Emulator.Tests.Contract;

/// <summary>
/// Holds a JSON value to a schema of the document, more strictly than the document asks: a property it does not
/// list is a failure too.
/// </summary>
internal sealed class SchemaCheck(bool isRequest)
{
    private static readonly string[] DateFormats =
        ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:sszzz"];

    private readonly List<string> _failures = [];

    public static IReadOnlyList<string> Failures(OpenApiSchema schema, JsonElement value, bool isRequest)
    {
        var check = new SchemaCheck(isRequest);
        check.Check("$", schema, value);
        return check._failures;
    }

    private void Check(string path, OpenApiSchema schema, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            if (!schema.Nullable && !schema.AllOf.Any(part => part.Nullable))
            {
                Fail(path, "is null");
            }

            return;
        }

        if (schema.OneOf.Count > 0 && !schema.OneOf.Any(alternative => Failures(alternative, value, isRequest).Count == 0))
        {
            Fail(path, "matches none of oneOf");
        }

        if (schema.AnyOf.Count > 0 && !schema.AnyOf.Any(alternative => Failures(alternative, value, isRequest).Count == 0))
        {
            Fail(path, "matches none of anyOf");
        }

        foreach (var part in Parts(schema))
        {
            CheckPart(path, part, value);
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            CheckProperties(path, schema, value);
        }
    }

    /// <summary>A schema and everything it is made of.</summary>
    private static IEnumerable<OpenApiSchema> Parts(OpenApiSchema schema) =>
        schema.AllOf.SelectMany(Parts).Prepend(schema);

    private void CheckPart(string path, OpenApiSchema schema, JsonElement value)
    {
        if (schema.Type is { } type && !IsOf(type, value))
        {
            Fail(path, $"is {value.ValueKind}, not {type}");
            return;
        }

        if (schema.Enum.Count > 0 && !schema.Enum.OfType<OpenApiString>().Any(openApiString => openApiString.Value == value.ToString()))
        {
            Fail(path, $"'{value}' is not one of the enumeration");
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                CheckText(path, schema, value.GetString()!);
                break;
            case JsonValueKind.Number:
                CheckNumber(path, schema, value.GetDecimal());
                break;
            case JsonValueKind.Array:
                CheckItems(path, schema, value);
                break;
        }
    }

    private void CheckText(string path, OpenApiSchema schema, string text)
    {
        if (text.Length < schema.MinLength || text.Length > schema.MaxLength)
        {
            Fail(path, $"'{text}' has {text.Length} characters");
        }

        if (schema.Pattern is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            Fail(path, $"'{text}' does not match {pattern}");
        }

        var isSound = schema.Format switch
        {
            "date-time" => DateTimeOffset.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "uuid" => Guid.TryParseExact(text, "D", out _),
            "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
            _ => true,
        };
        if (!isSound)
        {
            Fail(path, $"'{text}' is no {schema.Format}");
        }
    }

    private void CheckNumber(string path, OpenApiSchema schema, decimal number)
    {
        if (number < schema.Minimum || number > schema.Maximum)
        {
            Fail(path, $"{number} is out of bounds");
        }

        if (schema.Format == "int32" && number is < int.MinValue or > int.MaxValue)
        {
            Fail(path, $"{number} is no int32");
        }
    }

    private void CheckItems(string path, OpenApiSchema schema, JsonElement value)
    {
        var count = value.GetArrayLength();
        if (count < schema.MinItems || count > schema.MaxItems)
        {
            Fail(path, $"has {count} items");
        }

        if (schema.Items is null)
        {
            return;
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            Check($"{path}[{index++}]", schema.Items, item);
        }
    }

    private void CheckProperties(string path, OpenApiSchema schema, JsonElement value)
    {
        var parts = Parts(schema).ToList();
        var known = new Dictionary<string, OpenApiSchema>();
        foreach (var (name, property) in parts.SelectMany(part => part.Properties))
        {
            known[name] = property;
        }

        foreach (var name in parts.SelectMany(part => part.Required).Where(name => !value.TryGetProperty(name, out _)))
        {
            Fail(path, $"lacks {name}");
        }

        var others = parts.Select(part => part.AdditionalProperties).FirstOrDefault(more => more is not null);
        foreach (var property in value.EnumerateObject())
        {
            var at = $"{path}.{property.Name}";
            if (known.TryGetValue(property.Name, out var its))
            {
                if (isRequest ? its.ReadOnly : its.WriteOnly)
                {
                    Fail(at, "does not belong in this direction");
                }

                Check(at, its, property.Value);
            }
            else if (others is not null)
            {
                Check(at, others, property.Value);
            }
            else if (known.Count > 0)
            {
                Fail(at, "is unknown to the document");
            }
        }
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDecimal() % 1 == 0,
        "number" => value.ValueKind == JsonValueKind.Number,
        _ => false,
    };

    private void Fail(string path, string what) => _failures.Add($"{path} {what}");
}
