using RunAi.Stacks;

namespace RunAi.Tests.Stacks;

public sealed class StackRegistrationTests
{
    [Fact]
    public async Task Register_Names_KeepsThemAsTheyAreRegisteredAndActivatesTheFirst()
    {
        using var bench = new StackBench();

        var first = await Register(
            bench, "prod",
            new StackOptions { StepOperator = "GPU", ArtifactStore = "blobs", ContainerRegistry = "ACR", ImageBuilder = "layers" });
        var second = await Register(bench, "dev", new StackOptions { StepOperator = "local" });

        Assert.True(first.Stack.IsActive);
        Assert.False(second.Stack.IsActive);
        Assert.Equal(["stack prod"], first.Changed);
        Assert.Equal(
            """{"stepOperator":"gpu","artifactStore":"blobs","containerRegistry":"acr","imageBuilder":"layers"}""",
            bench.Json["stacks"]!["prod"]!.ToString(Newtonsoft.Json.Formatting.None));
        Assert.Equal("prod", (string?)bench.Json["activeStack"]);
        Assert.Equal(1, (int)bench.Json["future"]![0]!);
    }

    [Fact]
    public async Task Register_ComponentsByWhatTheyAre_RegistersThemUnderTheStacksName()
    {
        using var bench = new StackBench();

        var change = await Register(bench, "all", new StackOptions
        {
            StepOperator = "https://other.run.ai/",
            ProjectName = "speech",
            ClientId = "me",
            ClientSecret = "{{runai.secret}}",
            ArtifactStore = "s3://bucket/steps",
            ArtifactStoreCredential = "{{s3_key}}",
            ContainerRegistry = "registry.example.com/team",
            ContainerRegistryCredential = "{{push}}",
            ImageBuilder = "layer",
        });

        Assert.Equal(
            ["step operator all", "artifact store all", "container registry all", "image builder all", "stack all"], change.Changed);
        var found = bench.Resolve("all");
        Assert.Equal("https://other.run.ai", found.StepOperator.RunAiBaseUrl);
        Assert.Equal("speech", found.StepOperator.ProjectName);
        Assert.Equal("s3://bucket/steps", found.ArtifactStore?.Uri);
        Assert.Equal("{{push}}", found.ContainerRegistry!.Credential);
        Assert.Equal("Layer", found.ImageBuilder!.Flavor);
    }

    [Fact]
    public async Task Register_StoreWithAPlainCredential_RefusesItAndKeepsNothing()
    {
        using var bench = new StackBench();

        var thrown = await Assert.ThrowsAsync<ConfigurationException>(() =>
            Register(bench, "all", new StackOptions
            {
                StepOperator = "gpu",
                ArtifactStore = "az://account/container",
                ArtifactStoreCredential = "pl41n-k3y",
            }));

        Assert.Equal(ErrorIds.InvalidArtifactStore, thrown.ErrorId);
        Assert.DoesNotContain("pl41n-k3y", thrown.Message + bench.Json);
        Assert.Empty(bench.Stacks.Get());
    }

    [Theory]
    [InlineData("gpu", "acrr", "Layer", "RunAi.ContainerRegistryNotFound")]
    [InlineData("gpi", "a.io/b", "Layer", "RunAi.StepOperatorNotFound")]
    [InlineData("gpu", "a.io/b", "Layr", "RunAi.ImageBuilderNotFound")]
    [InlineData("gpu", "a.io/b:tag", "Layer", "RunAi.InvalidContainerRegistry")]
    [InlineData("http://insecure.example.com", "a.io/b", "Layer", "RunAi.InvalidStepOperator")]
    public async Task Register_OneThingWrong_ChangesNothing(string stepOperator, string registry, string builder, string errorId)
    {
        using var bench = new StackBench();
        var before = File.ReadAllText(bench.Path);
        var options = new StackOptions { StepOperator = stepOperator, ContainerRegistry = registry, ImageBuilder = builder };

        var thrown = await Assert.ThrowsAnyAsync<RunAiException>(() => Register(bench, "new", options));

        Assert.Equal(errorId, thrown.ErrorId);
        Assert.Equal(before, File.ReadAllText(bench.Path));
        Assert.Equal(
            errorId,
            Assert.ThrowsAny<RunAiException>(() => new StackRegistration(bench.File, options, force: false).PlanRegister("new")).ErrorId);
    }

    [Fact]
    public async Task Register_OptionsOfNoNewComponent_AreRefused()
    {
        using var bench = new StackBench();

        foreach (var options in new[]
        {
            new StackOptions { StepOperator = "gpu", ProjectName = "speech" },
            new StackOptions { StepOperator = "gpu", ContainerRegistry = "acr", ContainerRegistryCredential = "{{x}}" },
            new StackOptions { StepOperator = "gpu", ArtifactStoreCredential = "{{x}}" },
            new StackOptions(),
        })
        {
            var thrown = await Assert.ThrowsAsync<ConfigurationException>(() => Register(bench, "new", options));
            Assert.Equal(ErrorIds.InvalidStack, thrown.ErrorId);
        }
    }

    [Fact]
    public async Task Register_NameTaken_IsRefusedUnlessForced()
    {
        using var bench = new StackBench();
        await Register(bench, "prod", new StackOptions { StepOperator = "gpu" });
        var other = new StackOptions { StepOperator = "local" };

        var thrown = await Assert.ThrowsAsync<ConfigurationException>(() => Register(bench, "PROD", other));
        Assert.Equal(ErrorIds.StackExists, thrown.ErrorId);
        Assert.Contains("Set-RunAiStack prod", thrown.Message);

        await Register(bench, "PROD", other, force: true);
        var only = Assert.Single(bench.Stacks.Get());
        Assert.Equal("local", only.StepOperator);
        Assert.True(only.IsActive);
    }

    [Fact]
    public async Task Set_OnePlace_KeepsTheOthersAndAnEmptyOneEmptiesIt()
    {
        using var bench = new StackBench();
        await Register(bench, "prod", new StackOptions { StepOperator = "gpu", ContainerRegistry = "acr", ImageBuilder = "layers" });

        await Set(bench, "Prod", new StackOptions { ContainerRegistry = "layout", ImageBuilder = "" });

        var stack = Assert.Single(bench.Stacks.Get());
        Assert.Equal(("prod", "gpu", "layout", null), (stack.Name, stack.StepOperator, stack.ContainerRegistry, stack.ImageBuilder));
    }

    [Fact]
    public async Task Set_ComponentOfItsOwn_IsChangedAndOneThatAnotherStackUsesIsNot()
    {
        using var bench = new StackBench();
        await Register(bench, "prod", new StackOptions { StepOperator = "gpu", ContainerRegistry = "a.io/one" });

        await Set(bench, "prod", new StackOptions { ContainerRegistry = "a.io/two" });
        Assert.Equal("a.io/two", bench.Resolve("prod").ContainerRegistry!.Uri);

        await Register(bench, "other", new StackOptions { StepOperator = "gpu", ContainerRegistry = "prod" });
        var thrown = await Assert.ThrowsAsync<ConfigurationException>(() => Set(
            bench, "prod", new StackOptions { ContainerRegistry = "a.io/three" }));
        Assert.Equal(ErrorIds.ContainerRegistryExists, thrown.ErrorId);
        Assert.Equal("a.io/two", bench.Resolve("other").ContainerRegistry!.Uri);
    }

    [Fact]
    public async Task Use_ThenUnregister_LeavesNoneActiveAndTheComponents()
    {
        using var bench = new StackBench();
        await Register(bench, "a", new StackOptions { StepOperator = "gpu" });
        await Register(bench, "b", new StackOptions { StepOperator = "local" });

        Assert.True((await bench.Stacks.UseAsync("B", default)).IsActive);
        Assert.Equal("local", bench.Resolve().StepOperator.Name);

        await bench.Stacks.UnregisterAsync("b", default);
        Assert.False(bench.Resolve().IsRegistered);
        Assert.Equal("local", bench.Resolve(null, "local").StepOperator.Name);
    }

    [Fact]
    public async Task Removal_OfAComponentInUse_NamesTheStacksAndForcedTakesItOut()
    {
        using var bench = new StackBench();
        await Register(bench, "a", new StackOptions { StepOperator = "gpu", ContainerRegistry = "acr", ArtifactStore = "blobs" });
        await Register(bench, "b", new StackOptions { StepOperator = "gpu", ContainerRegistry = "acr" });
        var removal = new ComponentRemoval(bench.File);

        var thrown = await Assert.ThrowsAsync<ConfigurationException>(() => removal.RunAsync(
            StackSlot.ContainerRegistry, "ACR", force: false, default));
        Assert.Equal(ErrorIds.InvalidStack, thrown.ErrorId);
        Assert.Contains("stacks a, b", thrown.Message);
        Assert.Equal("acr", bench.Resolve("a").ContainerRegistry!.Name);

        Assert.Equal(["a", "b"], await removal.RunAsync(StackSlot.ContainerRegistry, "ACR", force: true, default));
        Assert.Null(bench.Resolve("a").ContainerRegistry);
        Assert.Equal("blobs", bench.Resolve("a").Stack.ArtifactStore);
        Assert.Empty(await removal.RunAsync(StackSlot.ImageBuilder, "layers", force: false, default));
        Assert.Null(bench.Json["imageBuilders"]!["layers"]);
    }

    private static Task<StackChange> Register(StackBench bench, string name, StackOptions options, bool force = false) =>
        new StackRegistration(bench.File, options, force).RegisterAsync(name, default);

    private static Task<StackChange> Set(StackBench bench, string name, StackOptions options) =>
        new StackRegistration(bench.File, options, force: false).SetAsync(name, default);
}
