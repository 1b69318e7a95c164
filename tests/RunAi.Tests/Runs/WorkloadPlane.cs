using System.Collections.Concurrent;
using System.Web;
using Newtonsoft.Json.Linq;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Runs;

/// <summary>A control plane that keeps the workloads it creates, also two of one name, and lists them late when a test wants it.</summary>
internal sealed class WorkloadPlane
{
    private readonly ConcurrentQueue<(string Id, JObject Body)> _created = new();
    private readonly ConcurrentDictionary<string, string> _phases = new();
    private int _looks;

    /// <summary>How many looks at the list miss what was created.</summary>
    public int MissedLooks { get; set; }

    /// <summary>What the next creations are refused with; null to accept them.</summary>
    public int? Refusal { get; set; }

    /// <summary>True to delete what is asked for at once; otherwise it stays.</summary>
    public bool DeletesAtOnce { get; set; }

    /// <summary>Its clock; null for answers without times.</summary>
    public TimeProvider? Clock { get; set; }

    /// <summary>True while it answers nothing but 503.</summary>
    public bool IsAway { get; set; }

    public IReadOnlyList<JObject> Created => [.. _created.Select(created => created.Body)];

    public int Looks => _looks;

    public string IdOf(string name) => _created.Single(created => (string)created.Body["name"]! == name).Id;

    public void End(string name, string phase) => _phases[IdOf(name)] = phase;

    public void Delete(string name) => _phases[IdOf(name)] = "";

    /// <summary>The wire of one client. <paramref name="step"/> is called before and after each request takes effect.</summary>
    public HttpMessageHandler Wire(Action<string>? step = null) => new Handler(this, step ?? (_ => { }));

    private HttpResponseMessage Answer(HttpMethod method, Uri uri, string body) => (method.Method, uri.AbsolutePath) switch
    {
        _ when IsAway => FakeControlPlane.Answer(503, """{"code":503,"message":"away"}"""),
        ("POST", "/api/v1/token") => FakeControlPlane.Answer(200, """{"accessToken":"t","expiresIn":360000}"""),
        ("POST", "/api/v2/token") => FakeControlPlane.Answer(200, """{"access_token":"t","token_type":"Bearer","expires_in":360000}"""),
        ("GET", "/api/v1/org-unit/projects") => FakeControlPlane.Answer(
            200, """{"projects":[{"id":"4","name":"vision","clusterId":"71f69d83-ba66-4822-adf5-000000000001"}]}"""),
        ("GET", "/api/v2/policy/trainings") => FakeControlPlane.Answer(404, """{"code":404,"message":"none"}"""),
        ("POST", "/api/v1/workloads/trainings") => Create(JObject.Parse(body)),
        ("GET", "/api/v1/workloads") => List(HttpUtility.ParseQueryString(uri.Query)["filterBy"]!),
        ("POST", var path) when path.EndsWith("/suspend", StringComparison.Ordinal) => Suspend(uri.Segments[^2].TrimEnd('/')),
        ("POST", var path) when path.EndsWith("/resume", StringComparison.Ordinal) => Set(uri.Segments[^2].TrimEnd('/'), "Running"),
        ("DELETE", _) when DeletesAtOnce => Set(uri.Segments[^1], ""),
        _ => One(uri.Segments[^1]),
    };

    private HttpResponseMessage Set(string id, string phase)
    {
        _phases[id] = phase;
        return FakeControlPlane.Answer(202, "{}");
    }

    private HttpResponseMessage Suspend(string id) => Set(id, "Stopped");

    private HttpResponseMessage Create(JObject body)
    {
        if (Refusal is { } status)
        {
            return FakeControlPlane.Answer(status, $$"""{"code":{{status}},"message":"refused"}""");
        }

        var id = Guid.NewGuid().ToString();
        _created.Enqueue((id, body));
        return FakeControlPlane.Answer(
            202, new JObject { ["workloadId"] = id, ["name"] = body["name"], ["spec"] = body["spec"], ["createdAt"] = Clock?.GetUtcNow() }
                .ToString());
    }

    private HttpResponseMessage List(string filter)
    {
        var look = Interlocked.Increment(ref _looks);
        var rows = _created.Where(created => look > MissedLooks && IsThere(created.Id)
            && filter.Contains($"name=={created.Body["name"]}", StringComparison.Ordinal))
            .Select(created => new JObject { ["id"] = created.Id, ["name"] = created.Body["name"], ["projectId"] = "4" });
        return FakeControlPlane.Answer(200, new JObject { ["workloads"] = new JArray(rows) }.ToString());
    }

    private HttpResponseMessage One(string id) => _created.FirstOrDefault(created => created.Id == id && IsThere(id)).Body is { } body
        ? FakeControlPlane.Answer(200, new JObject
        {
            ["id"] = id,
            ["workloadId"] = id,
            ["name"] = body["name"],
            ["phase"] = _phases.GetValueOrDefault(id, "Running"),
            ["spec"] = body["spec"],
        }.ToString())
        : FakeControlPlane.Answer(404, """{"code":404,"message":"not there"}""");

    private bool IsThere(string id) => _phases.GetValueOrDefault(id, "Running").Length > 0;

    private sealed class Handler(WorkloadPlane plane, Action<string> step) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Yield();
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            step($"before {request.Method} {request.RequestUri!.AbsolutePath}");
            var answer = plane.Answer(request.Method, request.RequestUri, body);
            step($"after {request.Method} {request.RequestUri.AbsolutePath}");
            return answer;
        }
    }
}
