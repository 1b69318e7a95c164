using System.Net;
using Newtonsoft.Json.Linq;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Operators;

/// <summary>A control plane that gives a token for a client id and its secret alone, and takes the tokens it gave.</summary>
internal sealed class CheckingControlPlane : HttpMessageHandler
{
    private readonly HashSet<string> _good = [];
    private int _tokens;

    /// <summary>The secret of each client id.</summary>
    public Dictionary<string, string> Secrets { get; } = new() { ["step-runner"] = "right-secret" };

    /// <summary>What was asked for: <c>token CLIENT SECRET</c>, or method and path with the status.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Refuses every token given so far.</summary>
    public void Revoke() => _good.Clear();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (path == "/api/v2/token")
        {
            return FakeControlPlane.Answer(404, """{"code":404,"message":"not found"}""");
        }

        if (path == "/api/v1/token")
        {
            var body = JObject.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
            var (client, secret) = ((string)body["clientID"]!, (string)body["clientSecret"]!);
            Asked.Add($"token {client} {secret}");
            if (!Secrets.TryGetValue(client, out var right) || right != secret)
            {
                return FakeControlPlane.Answer(400, """{"code":400,"message":"wrong credentials"}""");
            }

            var token = $"t{++_tokens}";
            _good.Add(token);
            return FakeControlPlane.Answer(200, $$"""{"accessToken":"{{token}}","expiresIn":3600}""");
        }

        var status = _good.Contains(request.Headers.Authorization?.Parameter ?? "") ? HttpStatusCode.OK : HttpStatusCode.Unauthorized;
        Asked.Add($"{request.Method} {path} {(int)status}");
        return FakeControlPlane.Answer((int)status, status == HttpStatusCode.OK ? "[]" : """{"code":401,"message":"expired"}""");
    }
}
