using Newtonsoft.Json.Linq;
using RunAi.Configuration;
using RunAi.Operators;
using static RunAi.Tests.Operators.StepOperatorValidationTests;

namespace RunAi.Tests.Operators;

public sealed class ConfiguredStepOperatorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConfiguredStepOperators _store;

    public ConfiguredStepOperatorsTests() => _store = new ConfiguredStepOperators(new ConfigurationFile(Path));

    private string Path => _folder["runai.json"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Register_EveryOption_ComesBackAsGiven()
    {
        var given = Valid();
        given.ClusterName = "on-prem";
        given.ImagePullSecretName = "regcred";
        given.MonitoringInterval = TimeSpan.FromSeconds(12.25);
        given.WorkloadTimeout = TimeSpan.FromHours(30);
        given.PendingTimeout = TimeSpan.FromTicks(1);
        given.RunTimeout = TimeSpan.FromMinutes(90);
        given.Deadline = TimeSpan.FromDays(2);
        given.DeleteOnFailure = true;
        given.ClusterUrl = "https://gpu.example.org";
        given.AllowInsecureHttp = true;
        given.DefaultSettings = new StepSettings { GpuPortionRequest = 0.5, CpuMemoryRequest = "8G" };

        await _store.RegisterAsync(given, force: false, default);

        var read = Assert.Single(_store.Get());
        Assert.All(
            typeof(StepOperator).GetProperties().Where(property => property.PropertyType != typeof(StepSettings)),
            property => Assert.Equal(property.GetValue(given), property.GetValue(read)));
        Assert.Equal(0.5, read.DefaultSettings!.GpuPortionRequest);
        Assert.Equal("8G", read.DefaultSettings.CpuMemoryRequest);
        Assert.All(
            typeof(StepOperator).GetProperties(),
            property => Assert.NotEqual(property.GetValue(new StepOperator()), property.GetValue(read)));
    }

    [Fact]
    public async Task Register_FewOptions_WritesThoseAndTheDefaultsComeBack()
    {
        await _store.RegisterAsync(Valid(), force: false, default);

        Assert.Equal(
            """
            {"runAiBaseUrl":"https://org.run.ai","projectName":"vision","clientId":"{{runai_secret.client_id}}",
            "clientSecret":"{{runai_secret.client_secret}}","monitoringInterval":30}
            """.ReplaceLineEndings(""),
            Json()["stepOperators"]!["gpu"]!.ToString(Newtonsoft.Json.Formatting.None));
        var read = _store.Resolve("gpu");
        Assert.Equal(TimeSpan.FromSeconds(30), read.MonitoringInterval);
        Assert.Null(read.WorkloadTimeout);
        Assert.False(read.DeleteOnFailure);
    }

    [Fact]
    public async Task Register_PlainSecret_LeavesNothingOnDisk()
    {
        var stepOperator = Valid();
        stepOperator.ClientSecret = "s3cret";

        await Assert.ThrowsAsync<StepSettingsException>(() => _store.RegisterAsync(stepOperator, force: true, default));
        await _store.RegisterAsync(Valid(), force: false, default);
        await Assert.ThrowsAsync<StepSettingsException>(
            () => _store.SetAsync("gpu", changed => changed.ClientSecret = "s3cret", default));

        Assert.All(
            Directory.EnumerateFiles(_folder.Location),
            file => Assert.DoesNotContain("s3cret", File.ReadAllText(file)));
        Assert.Equal("{{runai_secret.client_secret}}", _store.Resolve("gpu").ClientSecret);
    }

    [Fact]
    public async Task Register_NameTaken_IsRefusedUnlessForced()
    {
        await _store.RegisterAsync(Valid(), force: false, default);
        var other = Valid("GPU");
        other.ProjectName = "speech";

        var thrown = await Assert.ThrowsAsync<ConfigurationException>(() => _store.RegisterAsync(other, force: false, default));
        Assert.Equal(ErrorIds.StepOperatorExists, thrown.ErrorId);
        Assert.Contains("-Force", thrown.Message);
        Assert.Equal("vision", _store.Resolve("gpu").ProjectName);

        await _store.RegisterAsync(other, force: true, default);
        Assert.Equal("GPU", Assert.Single(_store.Get()).Name);
        Assert.Equal("speech", _store.Resolve("gpu").ProjectName);
    }

    [Fact]
    public async Task Set_OneOption_KeepsTheOthersAndWhatItDoesNotKnow()
    {
        File.WriteAllText(Path, """
            {
              "stacks": { "prod": { "stepOperator": "gpu" } },
              "stepOperators": {
                "gpu": {
                  "futureOption": { "a": [1] },
                  "runAiBaseUrl": "https://org.run.ai",
                  "projectName": "vision",
                  "clientId": "id",
                  "clientSecret": "{{a.b}}",
                  "workloadTimeout": 60
                },
                "other": { "alien": true }
              }
            }
            """);

        var changed = await _store.SetAsync("GPU", stepOperator => stepOperator.WorkloadTimeout = null, default);

        Assert.Equal("gpu", changed.Name);
        Assert.Null(_store.Resolve("gpu").WorkloadTimeout);
        Assert.Equal("id", _store.Resolve("gpu").ClientId);
        Assert.Equal(1, (int)Json()["stepOperators"]!["gpu"]!["futureOption"]!["a"]![0]!);
        Assert.True((bool)Json()["stepOperators"]!["other"]!["alien"]!);
        Assert.Equal("gpu", (string?)Json()["stacks"]!["prod"]!["stepOperator"]);
    }

    [Fact]
    public async Task Get_Pattern_MatchesByName()
    {
        foreach (var name in new[] { "lab-2", "gpu", "lab-1", "Lab.x" })
        {
            await _store.RegisterAsync(Valid(name), force: false, default);
        }

        Assert.Equal(["gpu", "lab-1", "lab-2", "Lab.x"], _store.Get().Select(stepOperator => stepOperator.Name));
        Assert.Equal(["lab-1", "lab-2"], _store.Get("LAB-?").Select(stepOperator => stepOperator.Name));
        Assert.Equal(["Lab.x"], _store.Get("*.x").Select(stepOperator => stepOperator.Name));
        Assert.Empty(_store.Get("nothing"));
        Assert.Empty(_store.Get("lab"));
    }

    [Fact]
    public async Task Unregister_OneOfTwo_LeavesTheOther()
    {
        await _store.RegisterAsync(Valid("a"), force: false, default);
        await _store.RegisterAsync(Valid("b"), force: false, default);

        var gone = await _store.UnregisterAsync("A", default);

        Assert.Equal("a", gone.Name);
        Assert.Equal("b", _store.Resolve(null).Name);
    }

    [Fact]
    public async Task Resolve_UnknownName_TellsThoseRegisteredTheNearestAndHowToRegister()
    {
        await _store.RegisterAsync(Valid("training"), force: false, default);
        await _store.RegisterAsync(Valid("gpu"), force: false, default);

        var thrown = Assert.Throws<ConfigurationException>(() => _store.Resolve("trainnig"));

        Assert.Equal(ErrorIds.StepOperatorNotFound, thrown.ErrorId);
        Assert.Equal("trainnig", thrown.Target);
        Assert.Contains("Did you mean 'training'?", thrown.Message);
        Assert.Contains("Registered: gpu, training.", thrown.Message);
        Assert.Contains("Register-RunAiStepOperator trainnig", thrown.Message);
        var unset = await Assert.ThrowsAsync<ConfigurationException>(() => _store.SetAsync("trainnig", _ => { }, default));
        var unregistered = await Assert.ThrowsAsync<ConfigurationException>(() => _store.UnregisterAsync("trainnig", default));
        Assert.Equal(thrown.Message, unset.Message);
        Assert.Equal(thrown.Message, unregistered.Message);
    }

    [Fact]
    public async Task Resolve_NoName_IsTheOnlyOneOrAnError()
    {
        var none = Assert.Throws<ConfigurationException>(() => _store.Resolve(null));
        Assert.Equal(ErrorIds.StepOperatorNotFound, none.ErrorId);
        Assert.Contains("Register-RunAiStepOperator", none.Message);

        await _store.RegisterAsync(Valid("a"), force: false, default);
        Assert.Equal("a", _store.Resolve(null).Name);

        await _store.RegisterAsync(Valid("b"), force: false, default);
        var two = Assert.Throws<ConfigurationException>(() => _store.Resolve(null));
        Assert.Contains("Registered: a, b.", two.Message);
        Assert.Contains("-StepOperator", two.Message);
    }

    [Theory]
    [InlineData("""{ "stepOperators": 1 }""", "stepOperators must be an object")]
    [InlineData("""{ "stepOperators": { "gpu": "s3cret" } }""", "stepOperators.gpu must be an object")]
    [InlineData("""{ "stepOperators": { "gpu": { "clientSecret": ["s3cret"] } } }""", "stepOperators.gpu.clientSecret must be text")]
    [InlineData("""{ "stepOperators": { "gpu": { "deleteOnFailure": "s3cret" } } }""", "deleteOnFailure must be true or false")]
    [InlineData("""{ "stepOperators": { "gpu": { "pendingTimeout": "s3cret" } } }""", "pendingTimeout must be a number of seconds")]
    [InlineData("""{ "stepOperators": { "gpu": { "pendingTimeout": 1e20 } } }""", "pendingTimeout must be a number of seconds")]
    [InlineData("""{ "stepOperators": { "gpu": { "pendingTimeout": 99999999999999999999999999999999 } } }""", "a number of seconds")]
    public void Get_FieldOfAnotherForm_TellsThePlaceAndNotTheValue(string text, string fault)
    {
        File.WriteAllText(Path, text);

        var thrown = Assert.Throws<ConfigurationException>(() => _store.Resolve("gpu"));

        Assert.Equal(ErrorIds.ConfigurationInvalid, thrown.ErrorId);
        Assert.Contains("line 1: ", thrown.Message);
        Assert.Contains(fault, thrown.Message);
        Assert.DoesNotContain("s3cret", thrown.ToString());
    }

    [Fact]
    public void Resolve_SecretWrittenIntoTheFileByHand_IsRefused()
    {
        File.WriteAllText(Path, """
            { "stepOperators": { "gpu": { "runAiBaseUrl": "https://x", "projectName": "p", "clientId": "i", "clientSecret": "s3cret" } } }
            """);

        var thrown = Assert.Throws<StepSettingsException>(() => _store.Resolve(null));

        Assert.Equal("ClientSecret", Assert.Single(thrown.Violations).Field);
        Assert.DoesNotContain("s3cret", thrown.ToString());
    }

    private JObject Json() => JObject.Parse(File.ReadAllText(Path));
}
