using RunAi.Emulator.State;

namespace RunAi.Emulator.Api.Wire;

/// <summary>Schema Event2.</summary>
internal sealed record EventRow(
    DateTimeOffset CreatedAt,
    Guid Id,
    string Type,
    Guid ClusterId,
    string Message,
    string Reason,
    string Source,
    InvolvedObjectRow InvolvedObject)
{
    public static EventRow Of(WorkloadEvent e, Workload workload, Project project) => new(
        e.CreatedAt, e.Id, e.Type, project.Cluster.Uuid, e.Message, e.Reason, e.Source,
        e.PodId is { } pod
            ? new(pod, "Pod", e.PodName!, project.Namespace)
            : new(workload.Id, $"{workload.Kind}Workload", workload.Name, project.Namespace));
}
