namespace RunAi.Tests.Stacks;

public sealed class StackResolverTests
{
    private const string Two = """
        {
          "prod": { "stepOperator": "gpu", "artifactStore": "blobs", "containerRegistry": "acr", "imageBuilder": "layers" },
          "dev": { "stepOperator": "local", "containerRegistry": "layout" }
        }
        """;

    [Fact]
    public void Resolve_NoNames_IsTheActiveStackWithItsComponents()
    {
        using var bench = new StackBench(Two, active: "PROD");

        var found = bench.Resolve();

        Assert.Equal("prod", found.Stack.Name);
        Assert.True(found.Stack.IsActive);
        Assert.Equal("gpu", found.StepOperator.Name);
        Assert.Equal("az://account/container/steps", found.ArtifactStore?.Uri);
        Assert.Equal("myorg.azurecr.io/steps", found.ContainerRegistry!.Uri);
        Assert.Equal("Layer", found.ImageBuilder!.Flavor);
    }

    [Fact]
    public void Resolve_NamedStack_GoesBeforeTheActiveOne()
    {
        using var bench = new StackBench(Two, active: "prod");

        var found = bench.Resolve("DEV");

        Assert.Equal("dev", found.Stack.Name);
        Assert.False(found.Stack.IsActive);
        Assert.Equal("local", found.StepOperator.Name);
        Assert.Equal("oci:/tmp/images", found.ContainerRegistry!.Uri);
        Assert.Null(found.ArtifactStore?.Uri);
        Assert.Null(found.ImageBuilder);
    }

    [Fact]
    public void Resolve_NamedOperator_TakesThePlaceOfTheStacks()
    {
        using var bench = new StackBench(Two, active: "prod");

        var found = bench.Resolve(null, "Local");

        Assert.Equal("local", found.StepOperator.Name);
        Assert.Equal("acr", found.ContainerRegistry!.Name);
        var unknown = Assert.Throws<ConfigurationException>(() => bench.Resolve(null, "locl").StepOperator);
        Assert.Equal(ErrorIds.StepOperatorNotFound, unknown.ErrorId);
        Assert.Contains("Did you mean 'local'?", unknown.Message);
    }

    [Fact]
    public async Task Resolve_NoActiveStack_IsABareOneWithTheOnlyOperator()
    {
        using var bench = new StackBench(Two);

        var found = bench.Resolve();

        Assert.False(found.IsRegistered);
        Assert.Null(found.ContainerRegistry);
        var two = Assert.Throws<ConfigurationException>(() => found.StepOperator);
        Assert.Equal(ErrorIds.StepOperatorNotFound, two.ErrorId);
        Assert.Contains("Use-RunAiStack", two.Message);

        await new RunAi.Operators.ConfiguredStepOperators(bench.File).UnregisterAsync("local", default);
        Assert.Equal("gpu", bench.Resolve().StepOperator.Name);
    }

    [Fact]
    public async Task Resolve_StackWithoutOperator_TakesTheOnlyOneRegistered()
    {
        using var bench = new StackBench("""{ "half": { "containerRegistry": "acr" } }""", active: "half");
        await new RunAi.Operators.ConfiguredStepOperators(bench.File).UnregisterAsync("gpu", default);

        Assert.Equal("local", bench.Resolve().StepOperator.Name);
    }

    [Fact]
    public void Resolve_UnknownStack_TellsTheNearest()
    {
        using var bench = new StackBench(Two);

        var thrown = Assert.Throws<ConfigurationException>(() => bench.Resolve("prdo"));

        Assert.Equal(ErrorIds.StackNotFound, thrown.ErrorId);
        Assert.Contains("Did you mean 'prod'?", thrown.Message);
        Assert.Contains("Registered: dev, prod.", thrown.Message);
    }

    [Fact]
    public void Resolve_ActiveStackThatIsNotThere_SaysHowToUseAnother()
    {
        using var bench = new StackBench(Two, active: "gone");

        var thrown = Assert.Throws<ConfigurationException>(() => bench.Resolve());

        Assert.Equal(ErrorIds.StackNotFound, thrown.ErrorId);
        Assert.Contains("Use-RunAiStack", thrown.Message);
        Assert.Equal("prod", bench.Resolve("prod").Stack.Name);
    }

    [Fact]
    public void Resolve_ComponentThatIsNotThere_HarmsOnlyWhatNeedsIt()
    {
        using var bench = new StackBench("""{ "prod": { "stepOperator": "gpu", "containerRegistry": "acrr" } }""", active: "prod");

        var found = bench.Resolve();

        Assert.Equal("gpu", found.StepOperator.Name);
        var thrown = Assert.Throws<ConfigurationException>(() => found.ContainerRegistry);
        Assert.Equal(ErrorIds.InvalidStack, thrown.ErrorId);
        Assert.Contains("'acrr'", thrown.Message);
        Assert.Contains("Set-RunAiStack prod -ContainerRegistry NAME", thrown.Message);
    }
}
