using RunAi.ControlPlane;
using RunAi.Secrets;

namespace RunAi.Tests.ControlPlane;

/// <summary>A client over a fake control plane and a clock that stands still.</summary>
internal sealed class ControlPlaneFixture : IDisposable
{
    public const string BaseUrl = "https://org.run.ai";
    public const string Token = "POST /api/v1/token";
    public const string Create = "POST /api/v1/workloads/trainings";
    public const string List = "GET /api/v1/workloads";
    public const string SecretReference = "{{runai.client_secret}}";
    public const string Secret = "canary-client-secret-9f2c";
    public const string Bearer = "canary-access-token-71ab";

    private readonly ControlPlaneTransport _transport;

    public ControlPlaneFixture(ControlPlaneOptions? options = null, bool token = true)
    {
        Options = (options ?? new ControlPlaneOptions()) with { AttemptTimeout = TestClock.AttemptTimeout };
        _transport = new ControlPlaneTransport(Options, Clock, () => Wire);
        // A control plane before 2.24, unless a test says otherwise.
        _transport.NoteNoStandardToken(new Uri(BaseUrl));
        Cache = new SessionCache(_transport);
        Session = Cache.GetOrAdd(BaseUrl, "step-runner", SecretReference);
        Client = NewClient();
        if (token)
        {
            Wire.On(Token, 200, $$"""{"accessToken":"{{Bearer}}","expiresIn":3600}""");
        }
    }

    public ControlPlaneOptions Options { get; }

    public TestClock Clock { get; } = new();

    public FakeControlPlane Wire { get; } = new();

    public ListLog Log { get; } = new();

    public SessionCache Cache { get; }

    public ControlPlaneSession Session { get; }

    /// <summary>A client of a control plane of which nothing is known yet.</summary>
    public ControlPlaneClient Stranger(string baseUrl)
    {
        var session = Cache.GetOrAdd(baseUrl, "step-runner", SecretReference);
        return new ControlPlaneClient(session, new ClientCredential(ReadVaultAsync, SecretReference), Log);
    }

    public ControlPlaneClient Client { get; }

    /// <summary>What the vault holds now.</summary>
    public string VaultSecret { get; set; } = Secret;

    public int VaultReads { get; private set; }

    public ControlPlaneClient NewClient() => new(Session, new ClientCredential(ReadVaultAsync, SecretReference), Log);

    public async Task<RunAiApiException> FailsAsync(Task task) =>
        await Assert.ThrowsAnyAsync<RunAiApiException>(() => Clock.DriveAsync(task));

    public void Dispose()
    {
        Cache.Dispose();
        Wire.Dispose();
    }

    private Task<SecretText> ReadVaultAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        VaultReads++;
        return Task.FromResult(new SecretText(VaultSecret));
    }
}
