using System.Text.Json.Nodes;

namespace RunAi.PowerShell.Tests.Engine;

/// <summary>An emulator with many workload templates.</summary>
public sealed class TemplateWorld : IDisposable
{
    public const int Extra = 60;

    public EmulatedControlPlane Plane { get; } = EmulatedControlPlane.WithSeed(new JsonObject
    {
        ["templates"] = new JsonArray(
        [
            Template("small", "tenant", null,
                """{"image":"busybox","command":"true","compute":{"gpuDevicesRequest":1,"gpuRequestType":"portion","gpuPortionRequest":0.25}}""",
                "A quarter of a GPU"),
            Template("bare", "project", "1", """{"workingDir":"/tmp"}"""),
            Template("of-another", "project", "2", "{}"),
            .. Enumerable.Range(0, Extra).Select(i => Template($"extra-{i:00}", "tenant", null, """{"image":"busybox"}""")),
        ]),
    }.ToJsonString());

    public void Dispose() => Plane.Dispose();

    private static JsonObject Template(string name, string scope, string? scopeId, string spec, string? description = null) => new()
    {
        ["meta"] = new JsonObject { ["name"] = name, ["scopeType"] = scope, ["scopeId"] = scopeId, ["description"] = description },
        ["spec"] = JsonNode.Parse(spec),
    };
}
