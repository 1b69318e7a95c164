using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace RunAi.Tests.ControlPlane;

/// <summary>
/// The official OpenAPI document, which stands beside the checkout or where <c>RUNAI_OPENAPI</c> says; it is no part of the project.
/// </summary>
internal sealed class OfficialDocument
{
    private static readonly Lazy<OfficialDocument?> Found = new(Load);
    private readonly JObject _root;

    private OfficialDocument(JObject root) => _root = root;

    /// <summary>The document; without it the test is skipped, or fails where CI must have it.</summary>
    public static OfficialDocument Require()
    {
        const string Reason = "shared/runai-openapi.json is in no folder above the tests, and RUNAI_OPENAPI names no file.";
        Assert.False(Found.Value is null && Environment.GetEnvironmentVariable("CI") == "true", Reason);
        Skip.If(Found.Value is null, Reason);
        return Found.Value!;
    }

    /// <summary>The schema of the body that an operation answers with.</summary>
    public JObject AnswerOf(string path, string verb, string status) =>
        Content(Resolve((JObject)Operation(path, verb)["responses"]![status]!));

    public JObject BodyOf(string path, string verb) => Content(Resolve((JObject)Operation(path, verb)["requestBody"]!));

    public JObject Operation(string path, string verb) =>
        (JObject?)_root["paths"]![path]?[verb] ?? throw new KeyNotFoundException($"{verb} {path}");

    /// <summary>The path of the document that a request's path is an instance of.</summary>
    public string PathOf(string requestPath) => ((JObject)_root["paths"]!).Properties().Select(p => p.Name)
        .OrderBy(p => p.Count(c => c == '{'))
        .First(p => p.Split('/').Length == requestPath.Split('/').Length
            && p.Split('/').Zip(requestPath.Split('/')).All(s => s.First.StartsWith('{') || s.First == s.Second));

    public IEnumerable<JObject> ParametersOf(string path, string verb) =>
        new[] { _root["paths"]![path]!["parameters"], Operation(path, verb)["parameters"] }
            .OfType<JArray>().SelectMany(p => p).Cast<JObject>().Select(Resolve);

    /// <summary>A schema's properties, those it is composed of included.</summary>
    public Dictionary<string, JObject> PropertiesOf(JObject schema)
    {
        var resolved = Resolve(schema);
        var properties = new Dictionary<string, JObject>(StringComparer.Ordinal);
        foreach (var part in new[] { "allOf", "oneOf", "anyOf" }.Select(k => resolved[k]).OfType<JArray>()
            .SelectMany(a => a).Cast<JObject>())
        {
            foreach (var (name, value) in PropertiesOf(part))
            {
                properties[name] = value;
            }
        }

        foreach (var property in (resolved["properties"] as JObject)?.Properties() ?? [])
        {
            properties[property.Name] = (JObject)property.Value;
        }

        return properties;
    }

    public JObject Resolve(JObject value) => (string?)value["$ref"] is { } reference
        ? Resolve((JObject)reference.Split('/').Skip(1).Aggregate((JToken)_root, (at, name) => at[name]!))
        : value;

    private static JObject Content(JObject holder) => (JObject)((JObject)holder["content"]!).Properties().First().Value["schema"]!;

    private static OfficialDocument? Load()
    {
        var candidates = new List<string?> { Environment.GetEnvironmentVariable("RUNAI_OPENAPI") };
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            candidates.Add(Path.Combine(folder.FullName, "shared", "runai-openapi.json"));
        }

        if (candidates.Find(File.Exists) is not { } file)
        {
            return null;
        }

        using var reader = new JsonTextReader(File.OpenText(file)) { DateParseHandling = DateParseHandling.None };
        return new OfficialDocument(JObject.Load(reader));
    }
}
