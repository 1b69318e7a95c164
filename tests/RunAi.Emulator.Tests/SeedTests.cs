using System.Text.Json;
using System.Text.RegularExpressions;
using RunAi.Emulator.CommandLine;
using RunAi.Emulator.Seeding;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.Emulator.Tests;

public class SeedTests
{
    [Fact]
    public void Parse_OfAnEmptySeed_IsTheDefaultWorld()
    {
        var seed = SeedFile.Parse("{}");

        Assert.Equal(["demo", "vision"], seed.Projects.Select(project => project.Name));
        Assert.Equal(["default", "a100"], seed.NodePools.Select(pool => pool.Name));
    }

    [Fact]
    public void Parse_OfASeed_TakesWhatItSays()
    {
        var seed = SeedFile.Parse("""
            {
              // comments and trailing commas are allowed
              "credentials": {"clientId": "me", "clientSecret": "s"},
              "tokenLifetimeSeconds": 60,
              "nodePools": [{"name": "p", "minGuaranteedRuntimeSeconds": 5}],
              "nodes": [{"name": "n", "nodePool": "p", "gpuCount": 1, "gpuMemory": "8Gi"}],
              "projects": [{"name": "x", "quota": [{"nodePool": "p", "gpu": 0.5, "overQuota": false}]}],
              "timetable": {"runningSeconds": 1, "outcomes": [{"image": "bad*", "exitCode": 2}]},
            }
            """);

        Assert.Equal(("x", 60, 0.5m), (seed.DefaultProject, seed.TokenLifetimeSeconds, seed.Projects[0].Quota[0].Gpu));
        Assert.Equal(2, seed.Timetable.Outcomes[0].ExitCode);
    }

    [Fact]
    public async Task Page_ShowsASeedThatAnEmulatorStartsWith()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "docs", "emulator.md"));
        var block = Regex.Match(page, "(?ms)^```jsonc\r?\n(.*?)^```").Groups[1].Value;
        var seed = SeedFile.Parse(block);

        await using var emulator = await TestEmulator.SimulateAsync(seed);

        Assert.Equal("demo", seed.DefaultProject);
        Assert.Equal(7, seed.Timetable.Outcomes.Count);
    }

    [Theory]
    [InlineData("""{"proyects":[]}""")]
    [InlineData("""{"nodes":[{"gpuCount":1}]}""")]
    [InlineData("null")]
    [InlineData("{")]
    public void Parse_OfAMalformedSeed_Fails(string text) => Assert.Throws<JsonException>(() => SeedFile.Parse(text));

    [Theory]
    [InlineData("""{"nodes":[{"name":"n","nodePool":"x"}]}""", "unknown node pool 'x'")]
    [InlineData("""{"nodes":[{"name":"n","gpuMemory":"much"}]}""", "'much' is no Kubernetes quantity")]
    [InlineData("""{"projects":[{"name":"a","department":"x"}]}""", "unknown department 'x'")]
    [InlineData("""{"projects":[{"name":"a"},{"name":"a"}]}""", "'a' is there twice")]
    [InlineData("""{"projects":[{"name":"a","id":"one"}]}""", "id 'one'")]
    [InlineData("""{"policies":[{"meta":{"scope":"project","projectId":9,"name":"p"}}]}""", "no known organisation unit")]
    public void ControlPlane_OfASeedThatContradictsItself_SaysHow(string text, string expected)
    {
        var error = Assert.Throws<OptionException>(() => new ControlPlane(
            SeedFile.Parse(text), new EmulatorOptions { Executor = ExecutorKind.Simulate }, TimeProvider.System));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
