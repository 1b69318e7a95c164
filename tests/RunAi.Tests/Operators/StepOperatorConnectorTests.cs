using RunAi.ControlPlane;
using RunAi.Operators;
using RunAi.Secrets;
using RunAi.Tests.ControlPlane;
using RunAi.Tests.Secrets;
using RunAi.Watching;

namespace RunAi.Tests.Operators;

/// <summary>Which session an operator gets, when its secret is asked for, and what becomes of one that has changed.</summary>
public sealed class StepOperatorConnectorTests : IDisposable
{
    private readonly CheckingControlPlane _plane = new();
    private readonly SessionCache _sessions;
    private readonly KeyedVault _vault = new();
    private readonly Dictionary<string, string> _environment = new()
    {
        ["RIGHT"] = "right-secret",
        ["WRONG"] = "wrong-secret",
        ["CLIENT"] = "step-runner",
    };

    public StepOperatorConnectorTests()
    {
        _sessions = new SessionCache(new ControlPlaneTransport(time: new TestClock(), handler: () => _plane));
        _vault.Kept["runai_id"] = "step-runner";
        _vault.Kept["runai"] = "right-secret";
    }

    public void Dispose() => _sessions.Dispose();

    [Theory]
    [InlineData("{{env:WRONG}}")]
    [InlineData("{{wrong}}")]
    public async Task AnotherSecretReference_IsTriedAtTheFirstUse_WhateverSessionsThereAre(string wrong)
    {
        _vault.Kept["wrong"] = "wrong-secret";
        await UseAsync(Operator(secret: "{{env:RIGHT}}"));

        var error = await Assert.ThrowsAsync<RunAiAuthenticationException>(() => UseAsync(Operator(secret: wrong)));

        Assert.Equal(ErrorIds.AuthenticationFailed, error.ErrorId);
        Assert.Contains(wrong, error.Message);
        Assert.DoesNotContain("wrong-secret", error.ToString());
        Assert.Equal(["token step-runner right-secret", "GET /api/v1/clusters 200", "token step-runner wrong-secret"], _plane.Asked);
        await UseAsync(Operator(secret: "{{env:RIGHT}}"));
        Assert.Equal("GET /api/v1/clusters 200", _plane.Asked[^1]);
        Assert.Equal(4, _plane.Asked.Count);
    }

    [Fact]
    public async Task WaitersOfDifferentCredentials_ShareNoHub()
    {
        var right = await ConnectAsync(Operator(secret: "{{env:RIGHT}}"));
        var again = await ConnectAsync(Operator(name: "second", secret: "{{ENV:RIGHT}}"));
        var wrong = await ConnectAsync(Operator(secret: "{{env:WRONG}}"));

        Assert.Same(WorkloadPollers.Of(right.Client.Session, "vision"), WorkloadPollers.Of(again.Client.Session, "vision"));
        Assert.NotSame(WorkloadPollers.Of(right.Client.Session, "vision"), WorkloadPollers.Of(wrong.Client.Session, "vision"));
    }

    [Fact]
    public async Task SameReferences_FromAnotherCaller_ShareTheSessionWithoutAVault()
    {
        var stepOperator = Operator("{{runai_id}}", "{{runai}}");
        await UseAsync(stepOperator);
        Assert.Equal(["runai_id", "runai"], _vault.Asked);

        var other = new StepOperatorConnector(_sessions, new SecretResolver(new FakeVault(null), _ => null));
        await UseAsync(stepOperator, other);
        await UseAsync(stepOperator);

        Assert.Equal(["runai_id", "runai"], _vault.Asked);
        Assert.Single(_plane.Asked, asked => asked.StartsWith("token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FindConnected_FindsTheOperatorsOwnSessionAndNoOther()
    {
        var stepOperator = Operator("{{runai_id}}", "{{runai}}");
        Assert.Null(Connector.FindConnected(stepOperator, new ListLog()));
        await UseAsync(stepOperator);

        Assert.NotNull(Connector.FindConnected(stepOperator, new ListLog()));
        Assert.Null(Connector.FindConnected(Operator("{{runai_id}}", "{{env:RIGHT}}"), new ListLog()));
        Assert.Null(Connector.FindConnected(Operator("{{other_id}}", "{{runai}}"), new ListLog()));
        Assert.NotNull(Connector.FindConnected(Operator("step-runner", "{{runai}}"), new ListLog()));
        Assert.NotNull(Connector.FindConnected(Operator("{{env:CLIENT}}", "{{runai}}"), new ListLog()));
        Assert.Equal(["runai_id", "runai"], _vault.Asked);
    }

    [Fact]
    public async Task ClientIdAndSecretChangedTogetherInTheVault_CountAfterThePlaneRefusedTheOld()
    {
        var stepOperator = Operator("{{runai_id}}", "{{runai}}");
        await UseAsync(stepOperator);
        (_vault.Kept["runai_id"], _vault.Kept["runai"]) = ("successor", "next-secret");
        _plane.Secrets.Clear();
        _plane.Secrets["successor"] = "next-secret";
        _plane.Revoke();

        await Assert.ThrowsAsync<RunAiAuthenticationException>(() => UseAsync(stepOperator));
        await UseAsync(stepOperator);

        Assert.Equal(["token successor next-secret", "GET /api/v1/clusters 200"], _plane.Asked.TakeLast(2));
    }

    [Fact]
    public async Task RotatedSecretInTheVault_CountsAfterARefusedToken_InTheSameRequest()
    {
        await UseAsync(Operator(secret: "{{runai}}"));
        _vault.Kept["runai"] = _plane.Secrets["step-runner"] = "next-secret";
        _plane.Revoke();

        await UseAsync(Operator(secret: "{{runai}}"));

        Assert.Equal(
            ["GET /api/v1/clusters 401", "token step-runner right-secret", "token step-runner next-secret", "GET /api/v1/clusters 200"],
            _plane.Asked.Skip(2));
    }

    [Fact]
    public async Task RotatedSecretInTheVault_CountsAfterTheSessionEnded()
    {
        var connection = await UseAsync(Operator(secret: "{{runai}}"));
        _vault.Kept["runai"] = _plane.Secrets["step-runner"] = "next-secret";

        Assert.True(_sessions.Remove(connection.Client.Session));
        await UseAsync(Operator(secret: "{{runai}}"));

        Assert.Equal(["token step-runner next-secret", "GET /api/v1/clusters 200"], _plane.Asked.Skip(2));
    }

    [Fact]
    public async Task ChangedEnvironmentVariable_CountsAtOnce()
    {
        var stepOperator = Operator("{{env:CLIENT}}", "{{env:RIGHT}}");
        await UseAsync(stepOperator);

        _environment["RIGHT"] = "mistyped-secret";
        await Assert.ThrowsAsync<RunAiAuthenticationException>(() => UseAsync(stepOperator));

        _environment["RIGHT"] = _plane.Secrets["step-runner"] = "next-secret";
        await UseAsync(stepOperator);

        _environment["CLIENT"] = "second-tenant";
        _environment["RIGHT"] = _plane.Secrets["second-tenant"] = "its-own-secret";
        var second = await UseAsync(stepOperator);

        Assert.Equal("second-tenant", second.Client.Session.ClientId);
        Assert.Equal(
            [
                "token step-runner right-secret", "token step-runner mistyped-secret", "token step-runner next-secret",
                "token second-tenant its-own-secret",
            ],
            _plane.Asked.Where(asked => asked.StartsWith("token", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task EnvironmentVariableTakenAway_LeavesAConnectedSessionAlone()
    {
        await UseAsync(Operator(secret: "{{env:RIGHT}}"));
        _environment.Remove("RIGHT");

        await UseAsync(Operator(secret: "{{env:RIGHT}}"));

        Assert.Equal(3, _plane.Asked.Count);
        _sessions.Remove(Assert.Single(_sessions.List()));
        await Assert.ThrowsAsync<SecretNotFoundException>(() => UseAsync(Operator(secret: "{{env:RIGHT}}")));
    }

    private StepOperatorConnector Connector => new(_sessions, new SecretResolver(_vault, name => _environment.GetValueOrDefault(name)));

    private static StepOperator Operator(string clientId = "step-runner", string secret = "{{env:RIGHT}}", string name = "gpu") => new()
    {
        Name = name,
        RunAiBaseUrl = ControlPlaneFixture.BaseUrl,
        ProjectName = "vision",
        ClientId = clientId,
        ClientSecret = secret,
    };

    private Task<StepOperatorConnection> ConnectAsync(StepOperator stepOperator) =>
        Connector.ConnectAsync(stepOperator, new ListLog(), default);

    /// <summary>Connects as a command does, and asks for something that is not remembered.</summary>
    private async Task<StepOperatorConnection> UseAsync(StepOperator stepOperator, StepOperatorConnector? connector = null)
    {
        var connection = await (connector ?? Connector).ConnectAsync(stepOperator, new ListLog(), default);
        await connection.Client.SendAsync(new ApiRequest(HttpMethod.Get, "/api/v1/clusters") { Purpose = "list the clusters" }, default);
        return connection;
    }
}
