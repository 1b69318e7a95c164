using RunAi.Images;

namespace RunAi.Tests.Images;

/// <summary>A builder over a fake registry with a source folder of one test's own.</summary>
internal sealed class ImageBench : IDisposable, IRegistryCredentials
{
    private readonly TemporaryFolder _folder = new();

    public ImageBench() => Registry.Seed("base", "1", Base);

    public FakeRegistry Registry { get; } = new();

    public SampleImage Base { get; } = new();

    public RecordingLog Log { get; } = new();

    public RegistryOptions Options { get; } = new()
    {
        RetryDelay = TimeSpan.Zero,
        MaxRetryDelay = TimeSpan.FromMilliseconds(1),
        Parallel = 1,
    };

    public RegistryCredential? Credential { get; set; }

    /// <summary>What keeps the credential from being read; null for nothing.</summary>
    public DockerLoginException? LoginTrouble { get; set; }

    public string Source => Directory.CreateDirectory(_folder["src"]).FullName;

    public string this[string name] => _folder[name];

    public void Write(string name, string text)
    {
        var file = Path.Combine(Source, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public async Task<StepImage> BuildAsync(
        string destination = FakeRegistry.Host + "/steps", string image = FakeRegistry.Host + "/base:1", string? tag = null,
        bool withSource = true)
    {
        using var transport = new RegistryTransport(Options, handler: () => Registry);
        using var hosts = new RegistryHosts(transport, this, Log);
        var request = new ImageBuildRequest(withSource ? Source : null, ImageLocation.Parse(image), ImageLocation.Parse(destination))
        {
            Tag = tag,
        };
        return await new LayerImageBuilder(hosts, Options, SampleRunner.In(_folder.Location), new RecordingLog())
            .BuildAsync(request, _ => { }, default);
    }

    public Task<RegistryCredential?> FindAsync(string registry, string repository, CancellationToken ct) =>
        LoginTrouble is null ? Task.FromResult(registry == FakeRegistry.Host ? Credential : null) : throw LoginTrouble;

    public bool AllowsHttp(string registry) => false;

    public void Dispose() => _folder.Dispose();
}
