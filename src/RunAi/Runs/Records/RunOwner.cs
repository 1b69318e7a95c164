namespace RunAi.Runs;

/// <summary>The process that submits a run.</summary>
/// <param name="Machine">The machine, told apart from others of the same name by its state folder.</param>
/// <param name="ProcessId">Its id there.</param>
/// <param name="StartedAt">When it was started, since ids are used again.</param>
/// <param name="Job">The job of a pipeline that it belongs to; null for none.</param>
internal sealed record RunOwner(string Machine, int ProcessId, DateTimeOffset StartedAt, PipelineJob? Job = null)
{
    /// <summary>In words, such as <c>process 17 on agent-3</c>.</summary>
    public override string ToString() => Machine.Length == 0 ? $"process {ProcessId}" : $"process {ProcessId} on {Machine.Split('/')[0]}";
}
