using RunAi.ControlPlane;
using RunAi.Operators;
using RunAi.Secrets;
using RunAi.Tests.ControlPlane;
using RunAi.Watching;

namespace RunAi.Tests.Watching;

/// <summary>What a credential that is refused does to a wait.</summary>
public sealed class WorkloadWaitTests : IDisposable
{
    private const string Good = """{"accessToken":"t","expiresIn":3600}""";

    private readonly ControlPlaneFixture _f = new(token: false);
    private readonly List<WorkloadResult> _endings = [];

    public WorkloadWaitTests() =>
        _f.Wire.On("GET /api/v1/org-unit/projects", 200, """{"projects":[{"id":"1","name":"vision","clusterId":"c"}]}""");

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task CredentialRefusedAtTheStart_IsAnErrorAtOnce()
    {
        _f.Wire.On(ControlPlaneFixture.Token, 401);

        await Assert.ThrowsAsync<RunAiAuthenticationException>(() => _f.Clock.DriveAsync(WaitAsync(_f.Client)));

        Assert.Equal([ControlPlaneFixture.Token], _f.Wire.Sent.Select(request => request.Route));
    }

    [Fact]
    public async Task SecretThatIsNowhere_IsAnErrorAtOnce()
    {
        var missing = new ClientCredential(_ => Task.FromException<SecretText>(new SecretNotFoundException("nowhere")), "{{nowhere}}");

        await Assert.ThrowsAsync<SecretNotFoundException>(() => _f.Clock.DriveAsync(
            WaitAsync(new ControlPlaneClient(_f.Session, missing, _f.Log))));

        Assert.Empty(_f.Wire.Sent);
    }

    [Fact]
    public async Task OutageAtTheStart_IsWaitedThrough()
    {
        for (var i = 0; i <= _f.Options.Retries; i++)
        {
            _f.Wire.On(ControlPlaneFixture.Token, 503);
        }

        _f.Wire.On(ControlPlaneFixture.Token, 200, Good);
        Completes();

        await _f.Clock.DriveAsync(WaitAsync(_f.Client));

        Assert.Equal(WatchOutcomeKind.Completed, Assert.Single(_endings).Outcome.Kind);
    }

    [Fact]
    public async Task CredentialRefusedInTheMiddle_OnlyLengthensTheWait()
    {
        _f.Wire.On(ControlPlaneFixture.Token, 200, Good).On(ControlPlaneFixture.Token, 401).On(ControlPlaneFixture.Token, 401)
            .On(ControlPlaneFixture.Token, 200, Good)
            .On("GET /api/v1/workloads/w", 401);
        Completes();
        await _f.Client.ConnectAsync(default);

        await _f.Clock.DriveAsync(WaitAsync(_f.Client));

        Assert.Equal(WatchOutcomeKind.Completed, Assert.Single(_endings).Outcome.Kind);
        Assert.Equal(4, _f.Wire.SentTo(ControlPlaneFixture.Token).Count());
    }

    private void Completes()
    {
        const string Row = """{"id":"w","name":"w","phase":"Completed","type":"Training","createdAt":"2030-01-01T00:00:00Z"}""";
        _f.Wire.On(ControlPlaneFixture.List, 200, $$"""{"workloads":[{{Row}}]}""").On("GET /api/v1/workloads/w", 200, Row);
    }

    private Task WaitAsync(ControlPlaneClient client)
    {
        var connection = new StepOperatorConnection(
            new StepOperator { Name = "gpu", RunAiBaseUrl = ControlPlaneFixture.BaseUrl, ProjectName = "vision" }, client);
        return new WorkloadWait(connection, _f.Clock, _f.Log)
            .WaitAsync([new WatchRequest("w")], whileStopped: false, _endings.Add, static _ => { }, default);
    }
}
