using Newtonsoft.Json.Linq;

namespace RunAi.Tests.Specs;

/// <summary>The checker is only worth its trust if it refuses what is wrong.</summary>
public sealed class StrictSchemaTests
{
    private const string Good = """
        {"name":"a","projectId":"1","clusterId":"71f69d83-ba66-4822-adf5-55ce55efd210","spec":{"image":"i","compute":{"gpuDevicesRequest":1}}}
        """;

    [SkippableFact]
    public void Violations_GoodRequest_AreNone() => Assert.Empty(Check(JObject.Parse(Good)));

    [SkippableTheory]
    [InlineData("name", null, "$.name is missing")]
    [InlineData("projectId", 1, "$.projectId is no string")]
    [InlineData("clusterId", "x", "no UUID")]
    [InlineData("nmae", "x", "$.nmae is not in the document")]
    [InlineData("spec.command", "", "too short")]
    [InlineData("spec.imagePull", "x", "$.spec.imagePull is not in the document")]
    [InlineData("spec.compute.gpuDevicesRequest", -1, "out of range")]
    [InlineData("spec.compute.gpuDevicesRequest", 3_000_000_000L, "more than 32 bits")]
    [InlineData("spec.compute.gpuDevicesRequest", 1.5, "is no integer")]
    [InlineData("spec.compute.cpuMemoryRequest", "4GB", "not like")]
    [InlineData("spec.compute.gpuRequestType", "gpu", "none of")]
    public void Violations_SpoiltRequest_AreTold(string path, object? value, string expected)
    {
        JObject body = JObject.Parse(Good);
        var names = path.Split('.');
        JObject parent = names.SkipLast(1).Aggregate(body, (inner, name) => (JObject)inner[name]!);
        if (value is null)
        {
            parent.Remove(names[^1]);
        }
        else
        {
            parent[names[^1]] = JToken.FromObject(value, Newtonsoft.Json.JsonSerializer.Create());
        }

        Assert.Contains(expected, Assert.Single(Check(body)), StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Check(JObject body) =>
        new StrictSchema(OpenApiDocument.Require()).Violations(body, "TrainingCreationRequest");
}
