using RunAi.Configuration;
using RunAi.Images;
using RunAi.Stacks;

namespace RunAi.Tests.Stacks;

public sealed class StackImportExportTests : IDisposable
{
    private const string Two = """
        {
          "prod": { "stepOperator": "gpu", "artifactStore": "blobs", "containerRegistry": "acr", "imageBuilder": "layers" },
          "dev": { "stepOperator": "local", "imageBuilder": "asis" }
        }
        """;

    private readonly TemporaryFolder _repository = new();
    private readonly TemporaryFolder _other = new();

    private StackFile Committed => new(_repository["runai.json"]);

    public void Dispose()
    {
        _repository.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void Export_ActiveStack_WritesItAndItsComponentsAlone()
    {
        using var bench = new StackBench(Two, active: "prod");

        Assert.True(StackImportExport.Export(bench.File, [], Committed, force: false));

        Assert.Equal(
            """
            {
              "version": 1,
              "stacks": {
                "prod": {
                  "stepOperator": "gpu",
                  "artifactStore": "blobs",
                  "containerRegistry": "acr",
                  "imageBuilder": "layers"
                }
              },
              "stepOperators": {
                "gpu": {
                  "runAiBaseUrl": "https://org.run.ai",
                  "projectName": "vision",
                  "clientId": "id",
                  "clientSecret": "{{runai.secret}}",
                  "monitoringInterval": 30
                }
              },
              "artifactStores": {
                "blobs": {
                  "uri": "az://account/container/steps"
                }
              },
              "containerRegistries": {
                "acr": {
                  "uri": "myorg.azurecr.io/steps",
                  "credential": "{{acr_push}}",
                  "allowInsecureHttp": false
                }
              },
              "imageBuilders": {
                "layers": {
                  "flavor": "Layer"
                }
              }
            }

            """.ReplaceLineEndings("\n"),
            File.ReadAllText(Committed.Location));
        Assert.Equal([Committed.Location], Directory.GetFiles(_repository.Location));
    }

    [Fact]
    public void Export_SameStacksInAnyOrder_IsTheSameText()
    {
        using var bench = new StackBench(Two, active: "prod");
        StackImportExport.Export(bench.File, ["prod", "dev"], Committed, force: false);

        Assert.False(StackImportExport.Export(bench.File, ["DEV", "prod"], Committed, force: false));
    }

    [Fact]
    public void Export_FileThatHoldsSomethingElse_IsReplacedOnlyByForce()
    {
        using var bench = new StackBench(Two, active: "prod");
        File.WriteAllText(Committed.Location, "mine");

        var thrown = Assert.Throws<ConfigurationException>(() => StackImportExport.Export(bench.File, [], Committed, force: false));
        Assert.Contains("-Force", thrown.Message);
        Assert.Equal("mine", File.ReadAllText(Committed.Location));

        Assert.True(StackImportExport.Export(bench.File, [], Committed, force: true));
        Assert.Equal(
            ErrorIds.InvalidStack,
            Assert.Throws<ConfigurationException>(() => StackImportExport.PlanExport(bench.File, [], new StackFile(bench.Path))).ErrorId);
    }

    [Fact]
    public void Export_SecretWrittenIntoTheConfigurationByHand_IsRefused()
    {
        using var bench = new StackBench(Two, active: "prod");
        File.WriteAllText(bench.Path, File.ReadAllText(bench.Path).Replace("{{acr_push}}", "hunter2", StringComparison.Ordinal));

        var thrown = Assert.Throws<ConfigurationException>(() => StackImportExport.Export(bench.File, [], Committed, force: false));

        Assert.Equal(ErrorIds.InvalidContainerRegistry, thrown.ErrorId);
        Assert.False(File.Exists(Committed.Location));
    }

    [Fact]
    public async Task Import_IntoAnEmptyConfiguration_BringsTheStackBackAndActivatesIt()
    {
        using var bench = new StackBench(Two, active: "prod");
        StackImportExport.Export(bench.File, ["prod"], Committed, force: false);
        var fresh = new ConfigurationFile(_other["config.json"]);

        var planned = StackImportExport.PlanImport(Committed, fresh, force: false);
        Assert.False(File.Exists(fresh.Location));
        var change = Assert.Single(await StackImportExport.ImportAsync(Committed, fresh, force: false, default));

        string[] expected = ["step operator gpu", "artifact store blobs", "container registry acr", "image builder layers", "stack prod"];
        Assert.Equal(expected, planned[0].Changed);
        Assert.Equal(expected, change.Changed);
        Assert.True(change.Stack.IsActive);
        var found = new StackResolver(fresh).Resolve(null, null);
        Assert.Equal("vision", found.StepOperator.ProjectName);
        Assert.Equal("{{acr_push}}", found.ContainerRegistry!.Credential);
        Assert.Equal("az://account/container/steps", found.ArtifactStore?.Uri);
        Assert.Empty(Assert.Single(await StackImportExport.ImportAsync(Committed, fresh, force: false, default)).Changed);
    }

    [Fact]
    public async Task Import_OtherContentUnderTheSameName_ChangesNothingUnlessForced()
    {
        using var bench = new StackBench(Two, active: "dev");
        StackImportExport.Export(bench.File, ["prod"], Committed, force: false);
        File.WriteAllText(
            bench.Path, File.ReadAllText(bench.Path).Replace("myorg.azurecr.io", "other.azurecr.io", StringComparison.Ordinal));
        var before = File.ReadAllText(bench.Path);

        var thrown = await Assert.ThrowsAsync<ConfigurationException>(() => StackImportExport.ImportAsync(
            Committed, bench.File, force: false, default));
        Assert.Equal(ErrorIds.ContainerRegistryExists, thrown.ErrorId);
        Assert.Equal(before, File.ReadAllText(bench.Path));

        var change = Assert.Single(await StackImportExport.ImportAsync(Committed, bench.File, force: true, default));
        Assert.Equal(["container registry acr"], change.Changed);
        Assert.Equal("myorg.azurecr.io/steps", bench.Resolve("prod").ContainerRegistry!.Uri);
        Assert.Equal("dev", bench.Resolve().Stack.Name);
    }

    [Fact]
    public async Task FoldersBelowTheFile_AreRelativeInItAndFullAgainInAnotherClone()
    {
        using var bench = new StackBench();
        var images = _repository["images"];
        await ConfiguredContainerRegistries.In(bench.File).RegisterAsync(
            "mine", new ContainerRegistry { Name = "mine", Uri = "oci:" + images }, force: false, default);
        var store = new Uri(_repository["store"]).AbsoluteUri;
        await new StackRegistration(bench.File, new StackOptions { ContainerRegistry = "mine", ArtifactStore = store }, force: false)
            .RegisterAsync("dev", default);
        StackImportExport.Export(bench.File, ["dev"], Committed, force: false);

        var text = File.ReadAllText(Committed.Location);
        Assert.Contains("\"oci:./images\"", text);
        Assert.Contains("\"file:./store\"", text);
        Assert.DoesNotContain(_repository.Location, text);

        var clone = new StackFile(_other["runai.json"]);
        File.Copy(Committed.Location, clone.Location);
        var fresh = new ConfigurationFile(_other["config.json"]);
        await StackImportExport.ImportAsync(clone, fresh, force: false, default);
        var found = new StackResolver(fresh).Resolve(null, null);
        Assert.Equal("oci:" + _other["images"], found.ContainerRegistry!.Uri);
        Assert.Equal(new Uri(_other["store"]).AbsoluteUri, found.ArtifactStore?.Uri);
    }

    [Fact]
    public void FindUpward_TakesTheNearestThatIsNotTheOwnConfiguration()
    {
        var deep = Directory.CreateDirectory(_repository["a/b"]).FullName;
        File.WriteAllText(_repository["runai.json"], "{}");

        Assert.Equal(_repository["runai.json"], StackFile.FindUpward(deep, own: "/elsewhere.json").Location);
        File.WriteAllText(_repository["a/runai.json"], "{}");
        Assert.Equal(_repository["a/runai.json"], StackFile.FindUpward(deep, own: "/elsewhere.json").Location);
        Assert.Equal(_repository["runai.json"], StackFile.FindUpward(deep, own: _repository["a/runai.json"]).Location);
    }

    [Theory]
    [InlineData("{}", "RunAi.InvalidStack", "has no stack")]
    [InlineData("""{ "stacks": { "a": { "imageBuilder": "b" } } }""", "RunAi.InvalidStack", "'b', which is not registered")]
    [InlineData("""{ "stacks": { "a": 1 } }""", "RunAi.ConfigurationInvalid", "stacks.a must be an object")]
    [InlineData("[]", "RunAi.ConfigurationInvalid", "not one JSON object")]
    public void Import_FileThatIsNotAsItMustBe_SaysWhatIsWrong(string text, string errorId, string words)
    {
        File.WriteAllText(Committed.Location, text);

        var thrown = Assert.Throws<ConfigurationException>(
            () => StackImportExport.PlanImport(Committed, new ConfigurationFile(_other["config.json"]), force: false));

        Assert.Equal(errorId, thrown.ErrorId);
        Assert.Contains(words, thrown.Message);
    }

    [Fact]
    public void Import_FileThatIsNotThere_SaysSo()
    {
        var thrown = Assert.Throws<ConfigurationException>(
            () => StackImportExport.PlanImport(Committed, new ConfigurationFile(_other["config.json"]), force: false));

        Assert.Contains(Committed.Location, thrown.Message);
    }
}
