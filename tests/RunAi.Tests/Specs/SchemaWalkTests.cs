using Newtonsoft.Json.Linq;
using RunAi.Policies;
using RunAi.Specs;
using RunAi.Tests.Steps;
using Xunit.Abstractions;

namespace RunAi.Tests.Specs;

/// <summary>Every field of Run:ai's training request has a home: some step, set up by its user, sends it.</summary>
public sealed class SchemaWalkTests(ITestOutputHelper output)
{
    private const int TopLevelFields = 34;

    /// <summary>Fields that no step sends, each with the reason.</summary>
    private static readonly Dictionary<string, string> Homeless = new()
    {
        ["useGivenNameAsPrefix"] = "A name that Run:ai completes cannot be looked up, so a lost answer could not be settled.",
        ["spec.labels[].exclude"] = "A label of the policy's is replaced by one of the same name.",
        ["spec.annotations[].exclude"] = "An annotation of the policy's is replaced by one of the same name.",
        ["spec.compute.extendedResources[].exclude"] = "A resource of the policy's is replaced by an amount of 0.",
        ["spec.storage.git[].passwordSecret"] = "Deprecated for secretRef.",
        ["spec.storage.git[].secretKeyOfUser"] = "Deprecated for secretRef.",
        ["spec.storage.git[].secretKeyOfPassword"] = "Deprecated for secretRef.",
    };

    [SkippableFact]
    public void EveryFieldOfTheDocument_IsSentByAStep_OrHasAReason()
    {
        JObject document = OpenApiDocument.Require();
        string[] fields = [.. Fields(document, new JObject { ["$ref"] = "#/components/schemas/TrainingCreationRequest" }, "").Distinct()];
        HashSet<string> sent = [.. FullSteps.Settings.SelectMany(settings => Paths(Send(settings), ""))];

        Assert.Empty(fields.Except(sent).Except(Homeless.Keys));
        Assert.DoesNotContain(Homeless.Keys, field => sent.Contains(field) || !fields.Contains(field));
        string[] top = [.. fields.Where(field => field.StartsWith("spec.", StringComparison.Ordinal))
            .Select(field => field.Split('.', '[')[1]).Distinct()];
        Assert.Equal(TopLevelFields, top.Length);
        output.WriteLine($"{fields.Length} fields of the document, {top.Length} at the top of the spec: {fields.Length - Homeless.Count} "
            + $"are sent by steps, {Homeless.Count} are not for a reason.");
    }

    private static JObject Send(StepSettings settings)
    {
        var step = new Step
        {
            Name = "full",
            Image = "busybox",
            Command = ["echo", "hi"],
            Environment = FullSteps.Environment,
            Settings = settings,
        };
        return SpecRequests.Build(
            step, settings, new SubmissionDestination("1", "71f69d83-ba66-4822-adf5-55ce55efd210"), "01J9ZZ00000000000V4G7C2H9K",
            PolicyView.None).Body;
    }

    /// <summary>The leaves of a schema, through references, <c>allOf</c> and lists.</summary>
    private static IEnumerable<string> Fields(JObject document, JObject schema, string path)
    {
        JObject[] parts = [.. Parts(document, schema)];
        JProperty[] properties = [.. parts.SelectMany(part => (part["properties"] as JObject ?? []).Properties())];
        if (properties.Length > 0)
        {
            return properties.SelectMany(property => Fields(
                document, (JObject)property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}"));
        }

        return parts.Select(part => part["items"]).OfType<JObject>().FirstOrDefault() is { } items
            ? Fields(document, items, path + "[]")
            : [path];
    }

    private static IEnumerable<JObject> Parts(JObject document, JObject schema)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            return Parts(document, (JObject)document.SelectToken(reference[2..].Replace('/', '.'))!);
        }

        return (schema["allOf"] as JArray ?? []).OfType<JObject>().SelectMany(part => Parts(document, part)).Prepend(schema);
    }

    private static IEnumerable<string> Paths(JToken value, string path) => value switch
    {
        JObject json =>
            json.Properties().SelectMany(property => Paths(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}")),
        JArray array => array.SelectMany(item => Paths(item, path + "[]")),
        _ => [path],
    };
}
