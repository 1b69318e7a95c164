using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;

namespace RunAi.Tests.ControlPlane;

/// <summary>What the client sends and reads, held against the official document.</summary>
public class OfficialDocumentTests
{
    private const string Id = "71f69d83-ba66-4822-adf5-55ce55efd210";

    private static readonly (Type Model, string Path, string Verb, string Status, string? Rows)[] Models =
    [
        (typeof(TrainingRecord), "/api/v1/workloads/trainings", "post", "202", null),
        (typeof(TrainingRecord), "/api/v1/workloads/trainings/{workloadId}", "get", "200", null),
        (typeof(TrainingRecord), "/api/v1/workloads/distributed", "post", "202", null),
        (typeof(TrainingRecord), "/api/v1/workloads/distributed/{workloadId}", "get", "200", null),
        (typeof(WorkloadRecord), "/api/v1/workloads/{workloadId}", "get", "200", null),
        (typeof(EventRecord), "/api/v1/workloads/{workloadId}/events", "get", "200", "events"),
        (typeof(HistoryRecord), "/api/v1/workloads/{workloadId}/history", "get", "200", "records"),
        (typeof(PodRecord), "/api/v1/workloads/{workloadId}/pods", "get", "200", "pods"),
        (typeof(ProjectRecord), "/api/v1/org-unit/projects", "get", "200", "projects"),
        (typeof(ClusterRecord), "/api/v1/clusters", "get", "200", ""),
        (typeof(NodePoolRecord), "/api/v1/node-pools", "get", "200", "nodepools"),
        (typeof(NodeRecord), "/api/v1/nodes", "get", "200", "nodes"),
        (typeof(MetricsRecord), "/api/v1/workloads/{workloadId}/metrics", "get", "200", null),
        (typeof(MetricsRecord), "/api/v1/workloads/{workloadId}/pods/{podId}/metrics", "get", "207", null),
        (typeof(TelemetryRecord), "/api/v1/nodes/telemetry", "get", "200", null),
        (typeof(TemplateRecord), "/api/v1/workload-templates", "get", "200", "entries"),
        (typeof(TemplateRecord), "/api/v1/workload-templates/{templateId}", "get", "200", null),
        (typeof(PriorityRecord), "/api/v1/workload-priorities", "get", "200", "priorities"),
    ];

    [SkippableFact]
    public void EveryPropertyOfEveryModel_IsInTheDocument()
    {
        var document = OfficialDocument.Require();
        var missing = new List<string>();

        foreach (var (model, path, verb, status, rows) in Models)
        {
            var schema = document.AnswerOf(path, verb, status);
            schema = rows switch
            {
                null => schema,
                "" => (JObject)document.Resolve(schema)["items"]!,
                _ => (JObject)document.Resolve(document.PropertiesOf(schema)[rows])["items"]!,
            };
            Compare(document, model, schema, model.Name, missing);
        }

        Assert.Empty(missing);
    }

    [SkippableFact]
    public void TheListsRows_LackOnlyTheSchedulersMessages()
    {
        var document = OfficialDocument.Require();
        var rows = (JObject)document.Resolve(
            document.PropertiesOf(document.AnswerOf("/api/v1/workloads", "get", "200"))["workloads"])["items"]!;
        var missing = new List<string>();

        Compare(document, typeof(WorkloadRecord), rows, nameof(WorkloadRecord), missing);

        Assert.Equal(["WorkloadRecord.pendingSchedulingMessages"], missing);
    }

    [SkippableFact]
    public async Task EveryRequest_IsAnOperationOfTheDocumentWithItsParameters()
    {
        var document = OfficialDocument.Require();
        using var f = new ControlPlaneFixture();
        await CallEverythingAsync(f);

        foreach (var sent in f.Wire.Sent)
        {
            var path = document.PathOf(sent.Path);
            var verb = sent.Method.ToLowerInvariant();
            var declared = document.ParametersOf(path, verb).Where(p => (string?)p["in"] == "query").ToDictionary(p => (string)p["name"]!);
            var query = sent.Target.Split('?').Skip(1).SelectMany(q => q.Split('&')).Select(p => p.Split('=', 2)).ToArray();
            Assert.All(
                declared.Values.Where(p => (bool?)p["required"] == true), p => Assert.Contains(query, q => q[0] == (string?)p["name"]));
            Assert.All(query, q => AssertAllowed(document, declared, q[0], q[1]));
        }

        Assert.Equal(26, f.Wire.Sent.Select(s => (s.Method, document.PathOf(s.Path))).Distinct().Count());
    }

    [SkippableFact]
    public async Task TheTokensBody_HasOnlyTheDocumentsFields()
    {
        var document = OfficialDocument.Require();
        using var f = new ControlPlaneFixture();
        await f.Client.ConnectAsync(default);

        var fields = document.PropertiesOf(document.BodyOf("/api/v1/token", "post"));
        var sent = JObject.Parse(Assert.Single(f.Wire.Sent).Body);

        Assert.All(sent.Properties(), p => Assert.Contains(p.Name, fields.Keys));
        Assert.Contains((string?)sent["grantType"], document.Resolve(fields["grantType"])["enum"]!.Select(v => (string?)v));
    }

    private static void AssertAllowed(OfficialDocument document, Dictionary<string, JObject> declared, string name, string value)
    {
        Assert.Contains(name, declared.Keys);
        var schema = document.Resolve((JObject)declared[name]["schema"]!);
        if (schema["enum"] is JArray allowed)
        {
            Assert.Contains(value, allowed.Select(v => (string?)v));
        }

        if ((string?)schema["type"] == "array")
        {
            var items = document.Resolve((JObject)schema["items"]!);
            var pattern = (string?)items["pattern"] ?? $"^({string.Join("|", items["enum"]!.Select(v => (string?)v))})$";
            Assert.All(value.Split(','), item => Assert.Matches(new Regex(pattern), Uri.UnescapeDataString(item)));
        }

        if ((string?)schema["type"] == "integer")
        {
            Assert.InRange(
                int.Parse(value, System.Globalization.CultureInfo.InvariantCulture), (int?)schema["minimum"] ?? 0,
                (int?)schema["maximum"] ?? int.MaxValue);
        }
    }

    private static async Task CallEverythingAsync(ControlPlaneFixture f)
    {
        var root = "/api/v1/workloads";
        f.Wire.On(ControlPlaneFixture.Create, 202, $$"""{"workloadId":"{{Id}}"}""")
            .On($"GET {root}/trainings/{Id}", 200, $$"""{"workloadId":"{{Id}}"}""")
            .On($"DELETE {root}/trainings/{Id}", 202).On($"POST {root}/trainings/{Id}/suspend", 202)
            .On($"POST {root}/trainings/{Id}/resume", 202)
            .On($"GET {root}/{Id}", 200, "{}").On($"GET {root}/{Id}/events", 200, """{"events":[]}""")
            .On($"GET {root}/{Id}/history", 200, """{"records":[]}""")
            .On($"GET {root}/{Id}/pods", 200, """{"pods":[]}""").On("GET " + root, 200, """{"workloads":[]}""")
            .On("GET /api/v1/clusters", 200, "[]")
            .On("GET /api/v1/org-unit/projects", 200, """{"projects":[]}""").On("GET /api/v2/policy/trainings", 404)
            .On("GET /api/v1/node-pools", 200, """{"nodepools":[]}""").On("GET /api/v1/nodes", 200, """{"nodes":[]}""")
            .On("GET /api/v1/nodes/telemetry", 200, """{"values":[]}""").On(
                "GET /api/v1/workload-priorities", 200, """{"priorities":[]}""");
        await f.Client.CreateTrainingAsync([], default);
        await f.Client.GetTrainingAsync(Id, default);
        await f.Client.DeleteTrainingAsync(Id, default);
        await f.Client.SuspendTrainingAsync(Id, default);
        await f.Client.ResumeTrainingAsync(Id, default);
        f.Wire.On($"POST {root}/distributed", 202, $$"""{"workloadId":"{{Id}}"}""")
            .On($"GET {root}/distributed/{Id}", 200, $$"""{"workloadId":"{{Id}}"}""")
            .On($"DELETE {root}/distributed/{Id}", 202).On($"POST {root}/distributed/{Id}/suspend", 202)
            .On($"POST {root}/distributed/{Id}/resume", 202)
            .On("GET /api/v2/policy/distributed", 404);
        await f.Client.CreateTrainingAsync([], default, TrainingKind.Distributed);
        await f.Client.GetTrainingAsync(Id, default, TrainingKind.Distributed);
        await f.Client.DeleteTrainingAsync(Id, default, TrainingKind.Distributed);
        await f.Client.SuspendTrainingAsync(Id, default, TrainingKind.Distributed);
        await f.Client.ResumeTrainingAsync(Id, default, TrainingKind.Distributed);
        await f.Client.GetTrainingPolicyAsync("1", default, TrainingKind.Distributed);
        await f.Client.ListAllWorkloadsAsync(new WorkloadQuery(), default);
        await f.Client.ListWorkloadsAsync(
            new WorkloadQuery
            {
                Filters =
                [
                    Filter.Equal("name", "a"), Filter.NotEqual("phase", "Failed"), Filter.StartsWith("name", "b"),
                    Filter.Contains("name", "c"), Filter.AtLeast("phaseUpdatedAt", f.Clock.GetUtcNow()),
                ],
                SortBy = "phaseUpdatedAt",
                Descending = true,
                Limit = 500,
                Search = "x",
                Deleted = true,
            },
            default);
        await f.Client.GetWorkloadAsync(Id, default);
        await f.Client.ListEventsAsync(Id, 1000, default);
        await f.Client.ListHistoryAsync(Id, 10, default);
        await f.Client.ListPodsAsync(Id, 10, default);
        await f.Client.FindProjectsAsync("a", default);
        await f.Client.ListClustersAsync(default);
        await f.Client.GetTrainingPolicyAsync("1", default);
        await f.Client.ListNodePoolsAsync(default);
        await f.Client.EachNodePoolAsync(
            new ListQuery { Filters = [Filter.Equal("clusterId", "c"), Filter.EndsWith("name", "x")], Descending = true }, 10,
            _ => Task.CompletedTask, () => false, default);
        await f.Client.ListNodesAsync(new ListQuery { Filters = [Filter.Equal("nodePool", "p")], SortBy = "gpuType" }, default);
        await f.Client.EachProjectAsync(new ListQuery { SortBy = "totalGpuQuota" }, 10, _ => Task.CompletedTask, () => false, default);
        await f.Client.ReadNodeTelemetryAsync("FREE_GPUS", ["ClusterId", "Node"], default);
        await f.Client.ListPrioritiesAsync(default);
        var query = new MetricQuery(["GPU_UTILIZATION", "CPU_USAGE_CORES"], f.Clock.GetUtcNow(), f.Clock.GetUtcNow().AddHours(1), 1000);
        f.Wire.On($"GET {root}/{Id}/metrics", 200, """{"measurements":[]}""").On(
            $"GET {root}/{Id}/pods/{Id}/metrics", 200, """{"measurements":[]}""");
        await f.Client.ReadMetricsAsync(Id, query, default);
        await f.Client.ReadPodMetricsAsync(Id, Id, query, default);
    }

    private static void Compare(OfficialDocument document, Type model, JObject schema, string at, List<string> missing)
    {
        var declared = document.PropertiesOf(schema);
        foreach (var property in model.GetProperties())
        {
            var name = char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
            if (!declared.TryGetValue(name, out var inner))
            {
                missing.Add($"{at}.{name}");
                continue;
            }

            var type = property.PropertyType;
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            {
                type = type.GetGenericArguments()[0];
                inner = (JObject)document.Resolve(inner)["items"]!;
            }

            if (type.Namespace == typeof(WorkloadRecord).Namespace)
            {
                Compare(document, type, inner, $"{at}.{name}", missing);
            }
        }
    }
}
