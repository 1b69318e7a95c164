using Newtonsoft.Json.Linq;
using RunAi.Artifacts;
using RunAi.Configuration;
using RunAi.Stacks;

namespace RunAi.Tests.Configuration;

/// <summary>What a session registers for itself lies over the file, and nothing of it gets there.</summary>
public sealed class SessionConfigurationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SessionConfiguration _session = new();

    private string Path => _folder["runai.json"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Session_RegistersWithoutAFile()
    {
        await RegisterAsync("own", "file:///own", ConfigurationScope.Session);

        Assert.False(System.IO.File.Exists(Path));
        Assert.Equal("own", Assert.Single(Stores().Get()).Name);
        Assert.Empty(ConfiguredArtifactStores.In(new ConfigurationFile(Path)).Get());
    }

    [Fact]
    public async Task Session_TakesThePlaceOfTheFiles_UntilItIsUnregistered()
    {
        await RegisterAsync("store", "file:///all", ConfigurationScope.User);
        var before = System.IO.File.ReadAllText(Path);

        await RegisterAsync("Store", "file:///own", ConfigurationScope.Session, force: true);
        Assert.Equal("file:///own", Stores().Resolve("STORE").Uri);
        await Stores().UnregisterAsync("store", default);

        Assert.Equal("file:///all", Stores().Resolve("store").Uri);
        Assert.Equal(before, System.IO.File.ReadAllText(Path));
        Assert.True(_session.IsEmpty);
    }

    [Fact]
    public async Task Change_StaysWhereTheComponentIs()
    {
        await RegisterAsync("file", "file:///f", ConfigurationScope.User);
        await RegisterAsync("own", "file:///o", ConfigurationScope.Session);

        await Stores().SetAsync("own", store => store.RetryTimeout = TimeSpan.FromSeconds(1), default);
        await Stores().SetAsync("file", store => store.RetryTimeout = TimeSpan.FromSeconds(2), default);

        var root = JObject.Parse(System.IO.File.ReadAllText(Path));
        Assert.Equal(["file"], ((JObject)root["artifactStores"]!).Properties().Select(entry => entry.Name));
        Assert.Equal((1, 2), (Stores().Resolve("own").RetryTimeout!.Value.Seconds, Stores().Resolve("file").RetryTimeout!.Value.Seconds));
    }

    [Fact]
    public async Task UserScope_TakesAComponentOfTheSessionToTheFile()
    {
        await RegisterAsync("store", "file:///own", ConfigurationScope.Session);

        await RegisterAsync("store", "file:///all", ConfigurationScope.User, force: true);

        Assert.Equal("file:///all", ConfiguredArtifactStores.In(new ConfigurationFile(Path)).Resolve("store").Uri);
        Assert.True(_session.IsEmpty);
    }

    [Fact]
    public async Task ActiveStack_OfTheSession_IsNotTheFiles()
    {
        await RegisterAsync("store", "file:///all", ConfigurationScope.User);
        await StackAsync("prod", ConfigurationScope.User);
        await StackAsync("job", ConfigurationScope.Session);

        await new ConfiguredStacks(File(null)).UseAsync("job", default);
        Assert.Equal("job", Assert.Single(new ConfiguredStacks(File(null)).Get(), stack => stack.IsActive).Name);
        Assert.Equal("prod", Assert.Single(new ConfiguredStacks(new ConfigurationFile(Path)).Get(), stack => stack.IsActive).Name);

        await new ConfiguredStacks(File(null)).UseAsync("prod", default);
        Assert.Equal("prod", Assert.Single(new ConfiguredStacks(File(null)).Get(), stack => stack.IsActive).Name);
    }

    [Fact]
    public async Task FileThatCannotBeWritten_DoesNotConcernTheSession()
    {
        var file = ConfigurationFile.Of(
            name => name == ConfigurationPath.Variable ? "/proc/self/no/runai.json" : null, TimeProvider.System, _session,
            ConfigurationScope.Session);
        await ConfiguredArtifactStores.In(file).RegisterAsync(
            "own", new ArtifactStore { Name = "own", Uri = "file:///own" }, false, default);
        var later = ConfigurationFile.Of(
            name => name == ConfigurationPath.Variable ? "/proc/self/no/runai.json" : null, TimeProvider.System, _session);

        await ConfiguredArtifactStores.In(later).SetAsync("own", store => store.RetryTimeout = TimeSpan.FromSeconds(1), default);
        await ConfiguredArtifactStores.In(later).UnregisterAsync("own", default);

        Assert.True(_session.IsEmpty);
    }

    [Fact]
    public async Task ReferenceToTheSessionsMemory_IsRefusedInAFile()
    {
        var store = new ArtifactStore { Name = "blobs", Uri = "az://account/container", Credential = "{{session:runai-store-blobs-1}}" };

        var error = await Assert.ThrowsAsync<ConfigurationException>(
            () => ConfiguredArtifactStores.In(new ConfigurationFile(Path)).RegisterAsync("blobs", store, false, default));

        Assert.Equal(ErrorIds.InvalidSecretReference, error.ErrorId);
        Assert.Contains("-Scope Session", error.Message, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(Path));
    }

    private ConfigurationFile File(ConfigurationScope? scope) =>
        ConfigurationFile.Of(name => name == ConfigurationPath.Variable ? Path : null, TimeProvider.System, _session, scope);

    private ComponentSection<ArtifactStore> Stores(ConfigurationScope? scope = null) => ConfiguredArtifactStores.In(File(scope));

    private Task<ArtifactStore> RegisterAsync(string name, string uri, ConfigurationScope scope, bool force = false) =>
        Stores(scope).RegisterAsync(name, new ArtifactStore { Name = name, Uri = uri }, force, default);

    private Task<bool> StackAsync(string name, ConfigurationScope scope) => File(scope).UpdateAsync(
        root =>
        {
            new ConfiguredStacks(File(scope)).Register(root, new Stack { Name = name, ArtifactStore = "store" }, force: false);
            return true;
        },
        default);
}
