namespace RunAi.Runs;

/// <summary>The process that submits a run.</summary>
/// <param name="Machine">The machine, told apart from others of the same name by its state folder.</param>
/// <param name="ProcessId">Its id there.</param>
/// <param name="StartedAt">When it was started, since ids are used again.</param>
internal sealed record RunOwner(string Machine, int ProcessId, DateTimeOffset StartedAt);
