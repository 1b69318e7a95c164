using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using RunAi.ControlPlane;

namespace RunAi;

/// <summary>The request that submits a step, as it would be sent: without the signature of any address.</summary>
public sealed class StepRequest
{
    internal StepRequest(TrainingKind kind, JObject body, string projectName, Uri? baseUrl)
    {
        Path = ControlPlaneClient.PathOf(kind);
        Uri = baseUrl is null ? null : new Uri(baseUrl, Path);
        WorkloadName = body.Value<string>("name") ?? "";
        ProjectName = projectName;
        Body = body.ToString(Formatting.Indented);
    }

    /// <summary>The HTTP method: <c>POST</c>.</summary>
    public string Method { get; } = "POST";

    /// <summary>The path at the control plane, for example <c>/api/v1/workloads/trainings</c>.</summary>
    public string Path { get; }

    /// <summary>The address with the control plane; null where the operator's address is none.</summary>
    public Uri? Uri { get; }

    /// <summary>The name that the workload would have.</summary>
    public string WorkloadName { get; }

    /// <summary>The name of the project that it would go to.</summary>
    public string ProjectName { get; }

    /// <summary>The body, as indented JSON. Read it with <c>ConvertFrom-Json</c>.</summary>
    public string Body { get; }

    /// <summary>Method, path and body.</summary>
    /// <returns>For example <c>POST /api/v1/workloads/trainings</c> and the JSON below it.</returns>
    public override string ToString() => $"{Method} {Path}\n{Body}";
}
