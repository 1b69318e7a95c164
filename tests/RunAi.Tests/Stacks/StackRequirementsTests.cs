using RunAi.Stacks;

namespace RunAi.Tests.Stacks;

public sealed class StackRequirementsTests
{
    private const StepNeeds Everything =
        StepNeeds.Source | StepNeeds.StepRunner | StepNeeds.Inputs | StepNeeds.Outputs | StepNeeds.Log | StepNeeds.Result;

    [Theory]
    [InlineData(StepNeeds.Source, "ContainerRegistry ImageBuilder")]
    [InlineData(StepNeeds.StepRunner, "ContainerRegistry ImageBuilder")]
    [InlineData(StepNeeds.Inputs, "ArtifactStore")]
    [InlineData(StepNeeds.Outputs, "ArtifactStore")]
    [InlineData(StepNeeds.Log, "ArtifactStore")]
    [InlineData(StepNeeds.Result, "ArtifactStore")]
    [InlineData(StepNeeds.Source | StepNeeds.Inputs, "ArtifactStore ContainerRegistry ImageBuilder")]
    internal void Check_StackWithAnOperatorAlone_NamesWhatTheNeedLacks(StepNeeds needs, string expected)
    {
        using var bench = new StackBench("""{ "prod": { "stepOperator": "gpu" } }""", active: "prod");

        var thrown = Assert.Throws<ConfigurationException>(() => StackRequirements.Check(bench.Resolve(), needs));

        Assert.Equal(ErrorIds.InvalidStack, thrown.ErrorId);
        Assert.Equal("prod", thrown.Target);
        var command = thrown.Message[thrown.Message.IndexOf("Set-RunAiStack prod", StringComparison.Ordinal)..];
        Assert.Equal(expected, string.Join(' ', command.Split(' ').Where(word => word.StartsWith('-')).Select(word => word[1..])));
    }

    [Fact]
    public void Check_NoStack_GivesTheCommandThatRegistersOne()
    {
        using var bench = new StackBench();

        var thrown = Assert.Throws<ConfigurationException>(() => StackRequirements.Check(
            bench.Resolve(null, "gpu"), StepNeeds.Source | StepNeeds.Outputs));

        Assert.EndsWith(
            "Register-RunAiStack NAME -StepOperator gpu -ArtifactStore az://ACCOUNT/CONTAINER -ContainerRegistry HOST/REPOSITORY "
            + "-ImageBuilder Layer",
            thrown.Message,
            StringComparison.Ordinal);
        Assert.Contains("artifact store, for outputs: there is none.", thrown.Message);
        Assert.Contains("image builder, for a source folder: there is none.", thrown.Message);
    }

    [Fact]
    public void Check_WholeStack_Passes()
    {
        using var bench = new StackBench(Stack("gpu", "blobs", "acr", "layers"), active: "prod");

        StackRequirements.Check(bench.Resolve(), Everything);
    }

    [Fact]
    public void Check_NothingNeeded_LooksAtNothing()
    {
        using var bench = new StackBench();

        StackRequirements.Check(bench.Resolve(), StepNeeds.None);
    }

    [Theory]
    [InlineData("folder", "acr", "'folder' is at file:///tmp/store, which the cluster cannot reach")]
    [InlineData("gateway", "acr", "'gateway' is at s3://bucket/steps, which the cluster cannot reach")]
    [InlineData("blobs", "layout", "'layout' is at oci:/tmp/images, which the cluster cannot reach")]
    [InlineData("blobs", "loopback", "'loopback' is at localhost:5000/steps, which the cluster cannot reach")]
    public void Check_PlacesOfThisMachine_AreRemoteOnlyForAnEmulator(string store, string registry, string fault)
    {
        using var bench = new StackBench(Stack("gpu", store, registry, "layers"), active: "prod");

        var thrown = Assert.Throws<ConfigurationException>(() => StackRequirements.Check(bench.Resolve(), Everything));
        Assert.Contains(fault, thrown.Message);

        StackRequirements.Check(bench.Resolve(null, "local"), Everything);
    }

    [Fact]
    public void Check_BuilderThatBuildsNothing_IsMissing()
    {
        using var bench = new StackBench(Stack("gpu", "blobs", "acr", "asis"), active: "prod");

        var thrown = Assert.Throws<ConfigurationException>(() => StackRequirements.Check(bench.Resolve(), Everything));

        Assert.EndsWith("Set-RunAiStack prod -ImageBuilder Layer", thrown.Message, StringComparison.Ordinal);
        StackRequirements.Check(bench.Resolve(), StepNeeds.Inputs | StepNeeds.Outputs);
    }

    private static string Stack(string stepOperator, string store, string registry, string builder) =>
        $$"""{ "prod": { "stepOperator": "{{stepOperator}}", "artifactStore": "{{store}}", "containerRegistry": "{{registry}}", "imageBuilder": "{{builder}}" } }""";
}
