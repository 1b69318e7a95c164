using Newtonsoft.Json.Linq;
using RunAi.Configuration;
using RunAi.Stacks;

namespace RunAi.Tests.Stacks;

/// <summary>A configuration with two operators, a component of each kind in two kinds of place, and no stack yet.</summary>
internal sealed class StackBench : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public StackBench(string? stacks = null, string? active = null)
    {
        var root = JObject.Parse(Components);
        if (stacks is not null)
        {
            root["stacks"] = JObject.Parse(stacks);
        }

        root["activeStack"] = active;
        System.IO.File.WriteAllText(Path, root.ToString());
        File = new ConfigurationFile(Path);
    }

    public string Folder => _folder.Location;

    public string Path => _folder["config.json"];

    public ConfigurationFile File { get; }

    public ConfiguredStacks Stacks => new(File);

    public JObject Json => JObject.Parse(System.IO.File.ReadAllText(Path));

    public ResolvedStack Resolve(string? stack = null, string? stepOperator = null) => new StackResolver(File).Resolve(stack, stepOperator);

    public void Dispose() => _folder.Dispose();

    private const string Components = """
        {
          "version": 1,
          "future": [1],
          "stepOperators": {
            "gpu": { "runAiBaseUrl": "https://org.run.ai", "projectName": "vision", "clientId": "id", "clientSecret": "{{runai.secret}}" },
            "local": { "runAiBaseUrl": "http://127.0.0.1:4321", "projectName": "demo", "clientId": "id", "clientSecret": "{{env:SECRET}}" }
          },
          "artifactStores": {
            "blobs": { "uri": "az://account/container/steps" },
            "folder": { "uri": "file:///tmp/store" },
            "gateway": { "uri": "s3://bucket/steps", "endpoint": "http://127.0.0.1:9000" }
          },
          "containerRegistries": {
            "acr": { "uri": "myorg.azurecr.io/steps", "credential": "{{acr_push}}" },
            "layout": { "uri": "oci:/tmp/images" },
            "loopback": { "uri": "localhost:5000/steps" }
          },
          "imageBuilders": {
            "layers": { "flavor": "Layer" },
            "asis": { "flavor": "None" }
          }
        }
        """;
}
