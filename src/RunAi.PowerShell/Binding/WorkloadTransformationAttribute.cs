using System.Collections;
using System.Management.Automation;

namespace RunAi.PowerShell.Binding;

/// <summary>
/// Reads runs and workloads that came back from a file, a job or another session, and have properties only: a run stays a run, which is
/// found again by its record.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WorkloadTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData switch
    {
        PSObject { BaseObject: object?[] items } => Array.ConvertAll(items, Read),
        object?[] items => Array.ConvertAll(items, Read),
        PSObject { BaseObject: IList } => inputData,
        _ => Read(inputData),
    };

    private static object? Read(object? given)
    {
        switch (given is PSObject wrapped ? wrapped.BaseObject : given)
        {
            // One without a workload would be bound by its property WorkloadId, which is null.
            case StepRun run:
                return new WorkloadIdentity(run);
            case PSCustomObject:
                break;
            default:
                return given;
        }

        var item = (PSObject)given!;

        var (runId, id) = (Text(item, nameof(StepRun.RunId)), Text(item, nameof(StepRun.WorkloadId)));
        var name = Text(item, nameof(StepRun.WorkloadName)) ?? Text(item, nameof(Workload.Name));
        return runId is null && (id is null || name is null)
            ? given
            : new WorkloadIdentity(name ?? id ?? runId!, id, Text(item, nameof(Workload.Phase)))
            {
                RunId = runId,
                ArtifactStore = Text(item, nameof(StepRun.ArtifactStore)),
            };
    }

    private static string? Text(PSObject item, string property) =>
        item.Properties[property]?.Value is { } value && LanguagePrimitives.TryConvertTo<string>(value, out var text) && text.Length > 0
            ? text
            : null;
}
